using System.Xml.Linq;

namespace Seatrial.Engine.Images;

/// <summary>The files that decide what publishing a .NET project gives.</summary>
internal static class ProjectSources
{
    private static readonly string[] _above =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config"];

    private static readonly string[] _files = ["Compile", "Content", "None", "EmbeddedResource", "AdditionalFiles"];

    /// <summary>
    /// Full paths, in ordinal order: the project, all that it refers to, and the build files above them.
    /// What lies in <paramref name="outputs"/> was published and is no source.
    /// </summary>
    public static IReadOnlyList<string> Of(string project, IReadOnlyCollection<string> outputs)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        AddProject(Path.GetFullPath(project), project, found, []);
        return [.. found.Where(
            file => !outputs.Any(output => file.StartsWith(output + "/", StringComparison.Ordinal)))];
    }

    private static void AddProject(string project, string mentionedIn, SortedSet<string> found, HashSet<string> visited)
    {
        if (!visited.Add(project))
        {
            return;
        }

        if (!File.Exists(project))
        {
            throw new SeatrialException(
                ExitCode.Usage, $"Project {project} does not exist.", mentionedIn, "correct the path of the project.");
        }

        var folder = Path.GetDirectoryName(project) ?? "/";
        AddFolder(folder, found);
        found.Add(project);
        var buildFiles = FilesAbove(folder).Append(project).ToList();
        foreach (var file in buildFiles)
        {
            found.Add(file);
            if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                AddMentioned(file, folder, found, visited);
            }
        }
    }

    private static void AddMentioned(
        string file, string projectFolder, SortedSet<string> found, HashSet<string> visited)
    {
        foreach (var element in XDocument.Load(file).Descendants())
        {
            var kind = element.Name.LocalName;
            var path = kind is "Import"
                ? Resolve(element.Attribute("Project")?.Value, file, Path.GetDirectoryName(file) ?? "/")
                : Resolve(element.Attribute("Include")?.Value, file, projectFolder);
            if (kind is "ProjectReference" && element.Attribute("Include")?.Value is { } reference)
            {
                AddProject(path ?? throw Unclear(reference, file), file, found, visited);
            }
            else if (path is null)
            {
                continue;
            }
            else if (kind is "Import" && File.Exists(path))
            {
                found.Add(path);
            }
            else if (_files.Contains(kind))
            {
                AddPattern(path, found);
            }
        }
    }

    private static SeatrialException Unclear(string reference, string file) => new(
        ExitCode.Usage,
        $"The reference to {reference} can't be followed, so that a change behind it would go unseen.",
        file,
        "write the path from $(MSBuildThisFileDirectory) or relative to the project.");

    /// <summary>A file, or all below the fixed part of a pattern.</summary>
    private static void AddPattern(string path, SortedSet<string> found)
    {
        if (File.Exists(path))
        {
            found.Add(path);
        }
        else if (path.IndexOfAny(['*', '?']) is var wild and >= 0
            && Path.GetDirectoryName(path[..wild]) is { } folder
            && Directory.Exists(folder))
        {
            AddFolder(folder, found);
        }
    }

    private static void AddFolder(string folder, SortedSet<string> found)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            found.Add(file);
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            if (Path.GetFileName(below) is not ("bin" or "obj" or "artifacts" or ['.', ..]))
            {
                AddFolder(below, found);
            }
        }
    }

    private static IEnumerable<string> FilesAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            foreach (var file in _above.Select(name => Path.Combine(at.FullName, name)).Where(File.Exists))
            {
                yield return file;
            }

            // What lies above a repository belongs to the machine.
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                yield break;
            }
        }
    }

    /// <summary>Null where a path depends on more than the places of the file and the project.</summary>
    private static string? Resolve(string? path, string file, string relativeTo)
    {
        var resolved = path?.Replace('\\', '/')
            .Replace(
                "$(MSBuildThisFileDirectory)", Path.GetDirectoryName(file) + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", relativeTo, StringComparison.OrdinalIgnoreCase);
        return resolved is null || resolved.Contains('$', StringComparison.Ordinal)
            ? null
            : Path.GetFullPath(resolved, relativeTo);
    }
}
