using System.Formats.Tar;
using System.Text;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Images;

/// <summary>A build context on its way to an engine: the same entries give the same bytes.</summary>
internal static class ContextTar
{
    /// <summary>Where a Dockerfile goes that is not part of its context.</summary>
    private const string Elsewhere = ".seatrial.dockerfile";

    private const UnixFileMode PlainFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode PlainFolder =
        PlainFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// The Dockerfile's place in the tar: its own where it is part of the context. BuildKit looks for it nowhere but
    /// there, so that <c>COPY .</c> takes it along in any case.
    /// </summary>
    public static string DockerfilePath(ComposeBuild build, IReadOnlyList<ContextEntry> entries) =>
        entries.FirstOrDefault(entry => entry.FullPath == build.Dockerfile)?.Path ?? Elsewhere;

    /// <summary>
    /// Owner, times and order are fixed; the Dockerfile goes in as it is given, not as it lies in the folder.
    /// </summary>
    public static async Task WriteAsync(
        Stream stream,
        IReadOnlyList<ContextEntry> entries,
        string dockerfilePath,
        string dockerfile,
        CancellationToken cancellationToken)
    {
        // GNU, for the other form writes the process's id into long names, and an engine takes a first entry with more
        // than one header block for no tar at all.
        await using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        await tar.WriteEntryAsync(Fixed(new GnuTarEntry(TarEntryType.Directory, "./"), PlainFolder), cancellationToken);
        foreach (var entry in entries.Where(entry => entry.Path != dockerfilePath))
        {
            await using var content = entry.Kind is ContextEntryKind.File ? File.OpenRead(entry.FullPath) : null;
            await tar.WriteEntryAsync(EntryOf(entry, content), cancellationToken);
        }

        using var text = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile));
        await tar.WriteEntryAsync(
            Fixed(new GnuTarEntry(TarEntryType.RegularFile, dockerfilePath) { DataStream = text }, PlainFile),
            cancellationToken);
    }

    private static GnuTarEntry EntryOf(ContextEntry entry, FileStream? content) => Fixed(
        entry.Kind switch
        {
            ContextEntryKind.File => new GnuTarEntry(TarEntryType.RegularFile, entry.Path) { DataStream = content },
            ContextEntryKind.Folder => new GnuTarEntry(TarEntryType.Directory, entry.Path + "/"),
            ContextEntryKind.Link => new GnuTarEntry(
                TarEntryType.SymbolicLink, entry.Path)
            { LinkName = entry.Target ?? "" },
        },
        entry.Mode);

    private static GnuTarEntry Fixed(GnuTarEntry entry, UnixFileMode mode)
    {
        entry.Mode = mode;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        return entry;
    }
}
