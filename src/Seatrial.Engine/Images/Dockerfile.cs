using System.Text;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Images;

/// <summary>What of a Dockerfile has to be known before it is built: the images that it stands on.</summary>
internal sealed partial class Dockerfile
{
    private readonly string _text;
    private readonly List<Mention> _mentions = [];
    private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase) { "scratch" };
    private readonly Dictionary<string, string> _arguments = [];
    private readonly IReadOnlyDictionary<string, string> _given;
    private bool _inStage;

    private Dockerfile(string text, IReadOnlyDictionary<string, string> given)
    {
        _text = text;
        _given = given;
        foreach (var instruction in Instructions(text))
        {
            Read(instruction);
        }
    }

    /// <summary>The images named after FROM and <c>COPY --from=</c>, without stages, in the file's order.</summary>
    public IReadOnlyList<string> Images => [.. _mentions.Select(mention => mention.Image).Distinct()];

    /// <summary>The image under the last stage that stands on one; null when all begin from nothing.</summary>
    public string? Foundation => _mentions.LastOrDefault(mention => mention.IsFrom)?.Image;

    /// <summary>
    /// Reads a Dockerfile; <paramref name="arguments"/> are the build's, which beat the file's defaults.
    /// </summary>
    public static Dockerfile Parse(string text, IReadOnlyDictionary<string, string> arguments) => new(text, arguments);

    /// <summary>
    /// The text with other names for some images, so that it stands on exactly those that were decided on.
    /// </summary>
    public string With(IReadOnlyDictionary<string, string> names)
    {
        var text = new StringBuilder(_text);
        foreach (var mention in _mentions.AsEnumerable().Reverse().Where(mention => names.ContainsKey(mention.Image)))
        {
            text.Remove(mention.At, mention.Length).Insert(mention.At, names[mention.Image]);
        }

        return text.ToString();
    }

    private void Read(IReadOnlyList<Word> words)
    {
        switch (words[0].Text.ToUpperInvariant())
        {
            case "ARG" when !_inStage:
                foreach (var word in words.Skip(1))
                {
                    var parts = word.Text.Split('=', 2);
                    _arguments[parts[0]] = _given.GetValueOrDefault(
                        parts[0], Expand(parts.Length > 1 ? Unquote(parts[1]) : ""));
                }

                break;
            case "FROM":
                _inStage = true;
                ReadFrom([.. words.Skip(1).Where(word => !word.Text.StartsWith("--", StringComparison.Ordinal))]);
                break;
            case "COPY":
                ReadCopy(words);
                break;
        }
    }

    private void ReadFrom(IReadOnlyList<Word> words)
    {
        if (words.Count > 0)
        {
            Mentioned(words[0], 0, isFrom: true);
        }

        if (words is [_, { Text: var keyword }, { Text: var stage }, ..]
            && keyword.Equals("AS", StringComparison.OrdinalIgnoreCase))
        {
            _stages.Add(stage);
        }
    }

    private void ReadCopy(IReadOnlyList<Word> words)
    {
        const string From = "--from=";
        foreach (var word in words.Where(word => word.Text.StartsWith(From, StringComparison.Ordinal)))
        {
            // A number is a stage by its place.
            if (!int.TryParse(word.Text[From.Length..], out _))
            {
                Mentioned(word, From.Length, isFrom: false);
            }
        }
    }

    private void Mentioned(Word word, int skip, bool isFrom)
    {
        var image = Expand(Unquote(word.Text[skip..]));
        if (image.Length > 0 && !_stages.Contains(image))
        {
            _mentions.Add(new Mention(image, word.At + skip, word.Text.Length - skip, isFrom));
        }
    }

    private string Expand(string text) => Variable().Replace(text, match =>
    {
        var value = _arguments.GetValueOrDefault(match.Groups["name"].Value, "");
        return match.Groups["operator"].Value switch
        {
            ":-" => value.Length > 0 ? value : match.Groups["word"].Value,
            ":+" => value.Length > 0 ? match.Groups["word"].Value : "",
            _ => value,
        };
    });

    private static string Unquote(string text) =>
        text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    /// <summary>
    /// Instructions as words with their places; comments, continuations and here-documents are taken care of.
    /// </summary>
    private static IEnumerable<IReadOnlyList<Word>> Instructions(string text)
    {
        var words = new List<Word>();
        var heredocs = new Queue<string>();
        foreach (var (line, at) in Lines(text))
        {
            if (words.Count is 0 && heredocs.TryPeek(out var end))
            {
                if (line.Trim() == end)
                {
                    heredocs.Dequeue();
                }

                continue;
            }

            if (line.TrimStart() is "" or ['#', ..])
            {
                continue;
            }

            var continued = line.TrimEnd().EndsWith('\\');
            var content = continued ? line.TrimEnd()[..^1] : line;
            words.AddRange(NonSpace().Matches(content).Select(match => new Word(match.Value, at + match.Index)));
            if (continued || words.Count is 0)
            {
                continue;
            }

            foreach (var match in words.Select(word => Heredoc().Match(word.Text)).Where(match => match.Success))
            {
                heredocs.Enqueue(match.Groups["end"].Value);
            }

            yield return words;
            words = [];
        }

        if (words.Count > 0)
        {
            yield return words;
        }
    }

    private static IEnumerable<(string Line, int At)> Lines(string text)
    {
        var at = 0;
        foreach (var line in text.Split('\n'))
        {
            yield return (line, at);
            at += line.Length + 1;
        }
    }

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?:(?<operator>:[-+])(?<word>[^}]*))?\}|(?<name>\w+))")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\S+")]
    private static partial Regex NonSpace();

    [GeneratedRegex("""^\d*<<-?['"]?(?<end>\w+)['"]?$""")]
    private static partial Regex Heredoc();

    private sealed record Word(string Text, int At);

    private sealed record Mention(string Image, int At, int Length, bool IsFrom);
}
