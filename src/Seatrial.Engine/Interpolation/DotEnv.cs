using System.Text;
using System.Text.RegularExpressions;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Interpolation;

/// <summary>
/// The <c>.env</c> file: <c>NAME=value</c> or <c>NAME: value</c>, <c>export</c> before it, <c>#</c> comments, single
/// quotes (as written), double quotes (escapes and variables), none (variables, blanks cut off).
/// </summary>
internal sealed partial class DotEnv
{
    private readonly string _file;
    private readonly string _text;
    private readonly Func<string, string?> _outer;
    private readonly bool _inherits;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, string> _values = [];
    private int _next;

    private DotEnv(string file, string text, Func<string, string?> outer, bool inherits, ProblemList problems) =>
        (_file, _text, _outer, _inherits, _problems) = (file, text.ReplaceLineEndings("\n"), outer, inherits, problems);

    /// <summary>
    /// Values by name. A name alone takes its value from <paramref name="outer"/>, and is among them only when
    /// <paramref name="inherits"/>.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Parse(
        string file, string text, Func<string, string?> outer, ProblemList problems, bool inherits = false)
    {
        var parser = new DotEnv(file, text, outer, inherits, problems);
        while (parser._next < parser._text.Length)
        {
            parser.ReadLine();
        }

        return parser._values;
    }

    private void ReadLine()
    {
        var start = _next;
        var match = Assignment().Match(_text, _next);
        if (match.Groups["name"].Success)
        {
            _next = match.Index + match.Length;
            var value = ReadValue(start);
            if (match.Groups["sign"].Success)
            {
                _values[match.Groups["name"].Value] = value;
            }
            else if (value.Length > 0)
            {
                Tell(start, "Behind the name stands neither = nor :.", "Write NAME=value.");
            }
            else if (_inherits && _outer(match.Groups["name"].Value) is { } inherited)
            {
                _values[match.Groups["name"].Value] = inherited;
            }

            return;
        }

        var line = RestOfLine().Trim();
        if (line.Length > 0 && !line.StartsWith('#'))
        {
            Tell(start, $"\"{YamlWords.Shorten(line)}\" sets no variable.", "Write NAME=value, or # before a comment.");
        }
    }

    private string ReadValue(int lineStart)
    {
        var quote = _next < _text.Length ? _text[_next] : '\n';
        if (quote is not ('\'' or '"'))
        {
            return Expand(Comment().Replace(RestOfLine(), "").Trim(), lineStart);
        }

        var raw = new StringBuilder();
        for (_next++; _next < _text.Length && _text[_next] != quote; _next++)
        {
            if (quote is '"' && _text[_next] is '\\' && _next + 1 < _text.Length)
            {
                raw.Append(Unescape(_text[++_next]));
            }
            else
            {
                raw.Append(_text[_next]);
            }
        }

        if (_next == _text.Length)
        {
            Tell(lineStart, $"The quote {quote} is never closed.", "Close it.");
            return "";
        }

        _next++;
        if (Comment().Replace(RestOfLine(), "").Trim().Length > 0)
        {
            Tell(lineStart, "Something stands behind the closing quote.", "Remove it, or put # before it.");
        }

        return quote is '"' ? Expand(raw.ToString(), lineStart) : raw.ToString();
    }

    private static string Unescape(char letter) => letter switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '$' => "$$",
        '"' or '\\' => letter.ToString(),
        _ => "\\" + letter,
    };

    private string Expand(string text, int lineStart)
    {
        var expansion = Template.Expand(
            text, name => _outer(name) ?? _values.GetValueOrDefault(name));
        foreach (var issue in expansion.Issues.OfType<TemplateIssue.Invalid>())
        {
            Tell(
                lineStart, $"{YamlWords.Shorten(issue.Excerpt)} is no variable.",
                "Write ${NAME}, or quote it by single quotes.");
        }

        return expansion.Text;
    }

    private string RestOfLine()
    {
        var end = _text.IndexOf('\n', _next);
        var line = end < 0 ? _text[_next..] : _text[_next..end];
        _next = end < 0 ? _text.Length : end + 1;
        return line;
    }

    private void Tell(int index, string what, string fix) => _problems.Add(
        new SourcePosition(_file, _text.AsSpan(0, index).Count('\n') + 1, 1), Severity.Error, what, fix);

    [GeneratedRegex(
        @"\G[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(?:(?<sign>[=:])[ \t]*|(?=[#\n]|\z))")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?:^|(?<=[ \t]))#.*$")]
    private static partial Regex Comment();
}
