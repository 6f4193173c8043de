using System.Text;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Images;

/// <summary>A <c>.dockerignore</c>: the last pattern that matches a path, or a folder above it, decides.</summary>
internal sealed class DockerIgnore
{
    private readonly List<(Regex Pattern, bool Keeps)> _rules = [];

    private DockerIgnore(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..])))
        {
            var keeps = line[0] is '!';
            var pattern = (keeps ? line[1..].TrimStart() : line).Trim('/');
            pattern = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern;
            if (pattern is not ("" or "."))
            {
                _rules.Add((Compile(pattern), keeps));
            }
        }
    }

    /// <summary>Whether something below an ignored folder may come back.</summary>
    public bool HasExceptions => _rules.Any(rule => rule.Keeps);

    /// <summary>Reads the lines of the file.</summary>
    public static DockerIgnore Parse(IEnumerable<string> lines) => new(lines);

    /// <summary>Whether a path, relative and with slashes, stays out of the context.</summary>
    public bool Ignores(string path)
    {
        var ignored = false;
        foreach (var (pattern, keeps) in _rules)
        {
            if (ignored == keeps && pattern.IsMatch(path))
            {
                ignored = !keeps;
            }
        }

        return ignored;
    }

    private static Regex Compile(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i) is var end && end > i:
                    regex.Append('[').Append(
                        pattern[(i + 1)..end].Replace(@"\", @"\\", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                case var other:
                    regex.Append(Regex.Escape(other.ToString()));
                    break;
            }
        }

        // A folder's name speaks for all below it.
        return new Regex(
            regex.Append("(?:/.*)?$").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
