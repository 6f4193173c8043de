using System.Globalization;
using System.Security.Cryptography;

namespace Seatrial.Engine.Images;

/// <summary>SHA-256 of files, remembered as long as its stamp is the same.</summary>
internal sealed class FileHashes(TimeProvider clock)
{
    /// <summary>
    /// Coarser than any file system's clock: a file this young may change again without its time telling.
    /// </summary>
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
            if (line.Split('\t', 6) is [{ Length: 64 } hash, var size, var written, var changed, var inode, var path]
                && Number(size) is { } bytes && Number(written) is { } w && Number(changed) is { } c
                && Number(inode) is { } i)
            {
                hashes._known[path] = new Entry(hash, new FileStamp(bytes, w, c, i));
            }
        }

        return hashes;
    }

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Of(string path)
    {
        var stamp = FileStamp.Of(path);
        lock (_lock)
        {
            if (_known.TryGetValue(path, out var entry) && entry.Stamp == stamp)
            {
                return entry.Hash;
            }
        }

        using var stream = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (clock.GetUtcNow() - stamp.Latest > _settled)
        {
            lock (_lock)
            {
                _known[path] = new Entry(hash, stamp);
                _changed = true;
            }
        }

        return hash;
    }

    /// <summary>
    /// Keeps what is known for the next run, if there is anything new; files that are gone are forgotten.
    /// </summary>
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
                $"{known.Value.Hash}\t{known.Value.Stamp.Size}\t{known.Value.Stamp.Written}\t"
                + $"{known.Value.Stamp.Changed}\t"
                + $"{known.Value.Stamp.Inode}\t{known.Key}"));
        ImageStore.Replace(file, string.Join('\n', lines));
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private sealed record Entry(string Hash, FileStamp Stamp);
}
