namespace Seatrial.Engine.Images;

/// <summary>
/// The commit that a checkout stands at, read from its files: starting git would cost more than all the rest.
/// </summary>
internal static class GitRevision
{
    /// <summary>Null outside a checkout, or where nothing is committed yet.</summary>
    public static string? Of(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Folder(Path.Combine(at.FullName, ".git")) is { } git)
            {
                return OfFolder(git);
            }
        }

        return null;
    }

    /// <summary>A worktree has a file in place of the folder, which says where the folder is.</summary>
    private static string? Folder(string git) =>
        Directory.Exists(git) ? git
        : Line(git) is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal)
            ? Path.GetFullPath(line["gitdir: ".Length..], Path.GetDirectoryName(git) ?? "/")
            : null;

    private static string? OfFolder(string git)
    {
        const string Pointer = "ref: ";
        if (Line(Path.Combine(git, "HEAD")) is not { } head)
        {
            return null;
        }

        if (!head.StartsWith(Pointer, StringComparison.Ordinal))
        {
            return head;
        }

        var branch = head[Pointer.Length..];
        var shared = Line(Path.Combine(git, "commondir")) is { } path ? Path.GetFullPath(path, git) : git;
        return Line(Path.Combine(shared, branch)) ?? Packed(Path.Combine(shared, "packed-refs"), branch);
    }

    private static string? Packed(string file, string branch) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(
            line => line.EndsWith(" " + branch, StringComparison.Ordinal))?.Split(' ')[0]
        : null;

    private static string? Line(string file) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
}
