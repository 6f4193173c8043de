using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Which file is meant by a path.</summary>
public static class ComposeFiles
{
    private static readonly string[] Names =
        ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    /// <summary>Whether a path is a YAML file, or a folder with a Compose file.</summary>
    public static bool IsSystem(string path) => File.Exists(path)
        ? Path.GetExtension(path) is ".yaml" or ".yml"
        : Names.Any(name => File.Exists(Path.Combine(path, name)));

    /// <summary>The file's absolute path, or null, the problem told.</summary>
    internal static string? Find(string path, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
        {
            problems.AddOfFile(
                "the command line", Severity.Error, "The path of the system is blank, or none at all.",
                "Name the folder with the Compose file, or the file.");
            return null;
        }

        var absolute = Path.GetFullPath(path);
        if (File.Exists(absolute))
        {
            return absolute;
        }

        return Directory.Exists(absolute) ? FindIn(absolute, problems) : TellMissing(absolute, problems);
    }

    private static string? FindIn(string directory, ProblemList problems)
    {
        var found = Names.Select(name => Path.Combine(directory, name)).Where(File.Exists).ToList();
        if (found.Count is 0)
        {
            problems.AddOfFile(
                directory, Severity.Error, $"There is no Compose file in {directory}.",
                $"Write {Names[0]} there (or {string.Join(", ", Names[1..])}), or name the file itself.");
            return null;
        }

        foreach (var ignored in found[1..].Concat(Overrides(directory)))
        {
            problems.AddOfFile(
                ignored, Severity.Warning,
                $"{Path.GetFileName(ignored)} is not read: {Path.GetFileName(found[0])} is the one file of the system.",
                $"Move what counts into {Path.GetFileName(found[0])}.");
        }

        return found[0];
    }

    private static IEnumerable<string> Overrides(string directory) =>
        Names.Select(name => Path.Combine(directory, name.Replace(".y", ".override.y", StringComparison.Ordinal)))
            .Where(File.Exists);

    private static string? TellMissing(string absolute, ProblemList problems)
    {
        var parent = Path.GetDirectoryName(absolute);
        while (parent is not null && !Directory.Exists(parent))
        {
            parent = Path.GetDirectoryName(parent);
        }

        problems.AddOfFile(
            absolute, Severity.Error, $"There is no folder or file {absolute}.",
            $"Name the folder with the Compose file, or the file; {parent} is there.");
        return null;
    }
}
