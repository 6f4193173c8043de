namespace Seatrial.Engine.Drivers;

/// <summary>A file to put into a container.</summary>
/// <param name="Folder">Absolute path in the container; it is made where it is missing.</param>
/// <param name="Name">The file's name in it.</param>
/// <param name="Content">Its text.</param>
public sealed record ContainerFile(string Folder, string Name, string Content)
{
    public int Uid { get; init; }

    public int Gid { get; init; }

    /// <summary>For everyone to read, where the user says nothing else.</summary>
    public UnixFileMode Mode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
}
