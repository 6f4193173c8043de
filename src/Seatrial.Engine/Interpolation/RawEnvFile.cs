namespace Seatrial.Engine.Interpolation;

/// <summary>An <c>env_file</c> of the format <c>raw</c>: everything behind <c>=</c> is the value, as written.</summary>
internal static class RawEnvFile
{
    public static IReadOnlyDictionary<string, string> Parse(string text, Func<string, string?> outer)
    {
        var values = new OrderedDictionary<string, string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var sign = line.IndexOf('=', StringComparison.Ordinal);
            var name = (sign < 0 ? line : line[..sign]).Trim();
            if ((sign < 0 ? outer(name) : line[(sign + 1)..]) is { } value && name.Length > 0)
            {
                values[name] = value;
            }
        }

        return values;
    }
}
