namespace Seatrial.Worker.Recovery;

/// <summary>
/// A file in the state folder that belongs to this process alone. Several workers may share a folder: each takes the
/// first that nobody holds, so that a worker which takes a dead one's place finds what that one left.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int MostFiles = 1000;

    private readonly FileStream _lock;

    private StateFile(FileStream held, string file)
    {
        _lock = held;
        Name = file;
    }

    /// <summary>Its path.</summary>
    public string Name { get; }

    /// <exception cref="IOException">The folder can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static StateFile Claim(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        for (var number = 1; number <= MostFiles; number++)
        {
            var file = Path.Combine(folder, $"{name}-{number}");
            try
            {
                // The kernel lets go of it when the process ends, however it ends.
                var held = new FileStream(
                    file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return new StateFile(held, file + ".db");
            }
            catch (IOException) when (File.Exists(file + ".lock"))
            {
                // Another worker's.
            }
        }

        throw new IOException($"{folder} holds {MostFiles} files of {name}, all in use.");
    }

    /// <summary>Makes room for a new file of the name; returns where the old one is.</summary>
    public string SetAside()
    {
        var aside = Name + ".broken";
        File.Move(Name, aside, overwrite: true);
        foreach (var companion in new[] { "-wal", "-shm" })
        {
            File.Delete(Name + companion);
        }

        return aside;
    }

    public void Dispose() => _lock.Dispose();
}
