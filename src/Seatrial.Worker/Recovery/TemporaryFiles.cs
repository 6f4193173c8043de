namespace Seatrial.Worker.Recovery;

/// <summary>What a state folder can do without.</summary>
internal static class TemporaryFiles
{
    // A flow may be writing to it.
    private static readonly TimeSpan _old = TimeSpan.FromMinutes(10);

    private static readonly string[] _patterns = ["*.tmp", "*.broken"];

    /// <summary>Removes those that nobody has written to for a while, and all such files below <c>tmp</c>.</summary>
    public static void Clean(string folder, TimeProvider time)
    {
        var before = time.GetUtcNow() - _old;
        var own = _patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern));
        var below = Path.Combine(folder, "tmp") is var tmp && Directory.Exists(tmp)
            ? Directory.EnumerateFiles(tmp, "*", SearchOption.AllDirectories)
            : [];
        foreach (var file in own.Concat(below).ToList())
        {
            if (File.GetLastWriteTimeUtc(file) < before.UtcDateTime)
            {
                File.Delete(file);
            }
        }
    }
}
