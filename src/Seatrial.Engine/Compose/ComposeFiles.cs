using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Which files are meant, the undermost first, and the folder that their relative paths start from.</summary>
public sealed record ComposeFiles(string Directory, IReadOnlyList<string> Files)
{
    private const string Variable = "COMPOSE_FILE";

    private static readonly string[] _names =
        ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    /// <summary>Whether a path is a YAML file, or a folder with a Compose file.</summary>
    public static bool IsSystem(string path) => File.Exists(path)
        ? Path.GetExtension(path) is ".yaml" or ".yml"
        : _names.Any(name => File.Exists(Path.Combine(path, name)));

    /// <summary>The files, or null, the problem told.</summary>
    internal static ComposeFiles? Find(
        ComposeRequest request, IReadOnlyDictionary<string, string> environment, ProblemList problems)
    {
        var path = request.Path;
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
        {
            problems.AddOfFile(
                "the command line", Severity.Error, "The path of the system is blank, or none at all.",
                "Name the folder with the Compose file, or the file.");
            return null;
        }

        var absolute = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (request.Files.Count > 0)
        {
            return Named(FolderOf(absolute), request.Files, problems);
        }

        if (File.Exists(absolute))
        {
            return new ComposeFiles(FolderOf(absolute), [absolute]);
        }

        return System.IO.Directory.Exists(absolute)
            ? FindIn(absolute, environment, problems)
            : TellMissing<ComposeFiles>(absolute, problems);
    }

    private static string FolderOf(string path) =>
        System.IO.Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? "/";

    private static ComposeFiles? Named(string directory, IReadOnlyList<string> files, ProblemList problems)
    {
        var absolute = files.Select(file => Path.GetFullPath(Path.Combine(directory, file))).ToList();
        foreach (var missing in absolute.Where(file => !File.Exists(file)))
        {
            TellMissing<ComposeFiles>(missing, problems);
        }

        return absolute.All(File.Exists) ? new ComposeFiles(directory, absolute) : null;
    }

    private static ComposeFiles? FindIn(
        string directory, IReadOnlyDictionary<string, string> environment, ProblemList problems)
    {
        // What is wrong with .env is told when the file is read for its values.
        var variables = Variables.Load(directory, environment, new ProblemList());
        if (variables.ValueOf(Variable) is { Length: > 0 } named)
        {
            var separator = variables.ValueOf("COMPOSE_PATH_SEPARATOR") is { Length: > 0 } other ? other : ":";
            return Named(directory, named.Split(separator, StringSplitOptions.RemoveEmptyEntries), problems);
        }

        var found = There(directory, _names);
        if (found.Count is 0)
        {
            problems.AddOfFile(
                directory, Severity.Error, $"There is no Compose file in {directory}.",
                $"Write {_names[0]} there (or {string.Join(", ", _names[1..])}), or name the file itself.");
            return null;
        }

        var above = There(
            directory, _names.Select(name => name.Replace(".y", ".override.y", StringComparison.Ordinal)));
        foreach (var ignored in found[1..].Concat(above.Skip(1)))
        {
            var chosen = Path.GetFileName(above.Contains(ignored) ? above[0] : found[0]);
            problems.AddOfFile(
                ignored, Severity.Warning,
                $"{Path.GetFileName(ignored)} is not read: {chosen} is.",
                $"Move what counts into {chosen}.");
        }

        return new ComposeFiles(directory, [found[0], .. above.Take(1)]);
    }

    private static List<string> There(string directory, IEnumerable<string> names) =>
        [.. names.Select(name => Path.Combine(directory, name)).Where(File.Exists)];

    private static T? TellMissing<T>(string absolute, ProblemList problems)
        where T : class
    {
        var parent = Path.GetDirectoryName(absolute);
        while (parent is not null && !System.IO.Directory.Exists(parent))
        {
            parent = Path.GetDirectoryName(parent);
        }

        problems.AddOfFile(
            absolute, Severity.Error, $"There is no folder or file {absolute}.",
            $"Name the folder with the Compose file, or the file; {parent} is there.");
        return null;
    }
}
