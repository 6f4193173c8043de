using System.Globalization;

namespace Seatrial.Worker.Health;

/// <summary>Reads the files of a cgroup; what is not there is null, for kernels and engines differ.</summary>
internal sealed class CgroupFiles(string root)
{
    public string? Text(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public long? Number(string file) => Parse(Text(file));

    /// <summary>Of a file of <c>name value</c> lines.</summary>
    public long? Number(string file, string name)
    {
        foreach (var line in (Text(file) ?? "").Split('\n'))
        {
            if (line.Length > name.Length && line[name.Length] == ' '
                && line.StartsWith(name, StringComparison.Ordinal))
            {
                return Parse(line[name.Length..]);
            }
        }

        return null;
    }

    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
