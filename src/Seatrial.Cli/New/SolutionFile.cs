namespace Seatrial.Cli.New;

/// <summary>The list of projects that <c>./test</c> builds.</summary>
internal static class SolutionFile
{
    public const string Name = "Seatrial.slnx";

    /// <summary>Lists projects in the folders that are called after their first step, and leaves the rest as it was.
    /// Returns the file's name.</summary>
    public static async Task<string> AddAsync(
        string root, IEnumerable<string> projects, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, Name);
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        await File.WriteAllTextAsync(path, projects.Aggregate(text, With), cancellationToken);
        return Name;
    }

    /// <summary>The text with one project more, at the end of its folder, or in a folder of its own.</summary>
    internal static string With(string solution, string project)
    {
        var entry = $"    <Project Path=\"{project}\" />\n";
        if (solution.Contains(entry.Trim(), StringComparison.Ordinal))
        {
            return solution;
        }

        var folder = $"<Folder Name=\"/{project.Split('/')[0]}/\">";
        var opens = solution.IndexOf(folder, StringComparison.Ordinal);
        var at = opens < 0 ? -1 : solution.IndexOf("  </Folder>", opens, StringComparison.Ordinal);
        return at >= 0
            ? solution.Insert(at, entry)
            : solution.Replace(
                "</Solution>", $"  {folder}\n{entry}  </Folder>\n</Solution>", StringComparison.Ordinal);
    }
}
