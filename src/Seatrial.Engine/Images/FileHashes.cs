using System.Globalization;
using System.Security.Cryptography;

namespace Seatrial.Engine.Images;

/// <summary>SHA-256 of files, remembered as long as size, times and place are the same.</summary>
internal sealed class FileHashes(TimeProvider clock)
{
    /// <summary>Coarser than any file system's clock: a file this young may change again without its time telling.</summary>
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Entry> _known = [];
    private readonly Lock _lock = new();
    private bool _changed;

    /// <summary>What an earlier run remembered; a file that is missing or torn is no loss.</summary>
    public static FileHashes Load(string file, TimeProvider clock)
    {
        var hashes = new FileHashes(clock);
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (line.Split('\t', 5) is [{ Length: 64 } hash, var size, var written, var born, var path]
                && long.TryParse(size, CultureInfo.InvariantCulture, out var bytes)
                && long.TryParse(written, CultureInfo.InvariantCulture, out var writtenTicks)
                && long.TryParse(born, CultureInfo.InvariantCulture, out var bornTicks))
            {
                hashes._known[path] = new Entry(hash, bytes, writtenTicks, bornTicks);
            }
        }

        return hashes;
    }

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Of(string path)
    {
        var file = new FileInfo(path);

        // The time of birth stands for the inode: a file that was replaced by another of the same age was born later.
        var (size, written, born) = (file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc);
        lock (_lock)
        {
            if (_known.TryGetValue(path, out var entry)
                && (entry.Size, entry.Written, entry.Born) == (size, written.Ticks, born.Ticks))
            {
                return entry.Hash;
            }
        }

        using var stream = file.OpenRead();
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (clock.GetUtcNow().UtcDateTime - written > _settled)
        {
            lock (_lock)
            {
                _known[path] = new Entry(hash, size, written.Ticks, born.Ticks);
                _changed = true;
            }
        }

        return hash;
    }

    /// <summary>Keeps what is known for the next run, if there is anything new; files that are gone are forgotten.</summary>
    public void Save(string file)
    {
        if (!_changed)
        {
            return;
        }

        var lines = _known
            .Where(known => File.Exists(known.Key))
            .Select(known => string.Create(
                CultureInfo.InvariantCulture,
                $"{known.Value.Hash}\t{known.Value.Size}\t{known.Value.Written}\t{known.Value.Born}\t{known.Key}"));
        ImageStore.Replace(file, string.Join('\n', lines));
    }

    private sealed record Entry(string Hash, long Size, long Written, long Born);
}
