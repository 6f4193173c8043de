namespace Seatrial.Engine.Images;

/// <summary>What a path of a build context is.</summary>
internal enum ContextEntryKind
{
    File,
    Folder,
    Link,
}

/// <summary>One path of a build context.</summary>
/// <param name="Path">Relative, with slashes.</param>
/// <param name="FullPath">Where it lies on this machine.</param>
/// <param name="Kind">File, folder or link.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Target">Of a link.</param>
internal sealed record ContextEntry(
    string Path, string FullPath, ContextEntryKind Kind, UnixFileMode Mode, string? Target);

/// <summary>The folder that a Dockerfile may copy from, without what is ignored.</summary>
internal static class BuildContext
{
    /// <summary>Seatrial's own records change with every build, and belong to no image.</summary>
    private const string OwnFolder = ".seatrial";

    /// <summary>All that belongs to a context, by path in ordinal order.</summary>
    public static IReadOnlyList<ContextEntry> Read(string folder, string dockerfile)
    {
        var entries = new List<ContextEntry>();
        Read(new DirectoryInfo(folder), "", IgnoreOf(folder, dockerfile), entries);
        entries.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return entries;
    }

    /// <summary>A Dockerfile may have an ignore file of its own, which then is the only one.</summary>
    private static DockerIgnore IgnoreOf(string folder, string dockerfile)
    {
        var own = dockerfile + ".dockerignore";
        var shared = Path.Combine(folder, ".dockerignore");
        return DockerIgnore.Parse(
            File.Exists(own) ? File.ReadLines(own) : File.Exists(shared) ? File.ReadLines(shared) : []);
    }

    private static void Read(DirectoryInfo folder, string prefix, DockerIgnore ignore, List<ContextEntry> entries)
    {
        foreach (var item in folder.EnumerateFileSystemInfos().Where(item => item.Name is not OwnFolder))
        {
            var path = prefix + item.Name;
            var ignored = ignore.Ignores(path);
            var kind = item.LinkTarget is not null ? ContextEntryKind.Link
                : item is DirectoryInfo ? ContextEntryKind.Folder
                : ContextEntryKind.File;
            if (!ignored)
            {
                entries.Add(new ContextEntry(path, item.FullName, kind, ModeOf(item), item.LinkTarget));
            }

            if (kind is ContextEntryKind.Folder && item is DirectoryInfo below && (!ignored || ignore.HasExceptions))
            {
                Read(below, path + "/", ignore, entries);
            }
        }
    }

    /// <summary>A link's own mode means nothing, and asking for it tells its target's.</summary>
    private static UnixFileMode ModeOf(FileSystemInfo item) =>
        item.LinkTarget is null ? item.UnixFileMode : (UnixFileMode)0b111_111_111;
}
