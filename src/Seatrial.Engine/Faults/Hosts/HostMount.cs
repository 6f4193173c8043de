namespace Seatrial.Engine.Faults.Hosts;

/// <summary>A mount of a process, from <c>/proc/PID/mountinfo</c>.</summary>
/// <param name="Device"><c>major:minor</c> of its file system.</param>
/// <param name="Root">What of the file system is mounted.</param>
/// <param name="Path">Where.</param>
/// <param name="Type">Of the file system.</param>
/// <param name="Options">Of the file system, e.g. <c>size=8192k</c>.</param>
internal sealed record HostMount(string Device, string Root, string Path, string Type, string Options)
{
    public static IReadOnlyList<HostMount> Read(int processId) =>
        [.. File.ReadLines($"/proc/{processId}/mountinfo").Select(Parse)];

    /// <summary>Null when a path lies on none of them.</summary>
    public static HostMount? Holding(IEnumerable<HostMount> mounts, string path) => mounts
        .Where(mount => mount.Path is "/" || path == mount.Path
            || path.StartsWith(mount.Path + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount.Path.Length);

    /// <summary>A size of its own, which nothing else on the machine shares.</summary>
    public bool IsLimited => Type is "tmpfs" && Options.Split(',').Any(
        option => option.StartsWith("size=", StringComparison.Ordinal));

    private static HostMount Parse(string line)
    {
        var parts = line.Split(' ');
        var rest = Array.IndexOf(parts, "-");
        return new HostMount(parts[2], parts[3], parts[4].Replace(@"\040", " ", StringComparison.Ordinal),
            parts[rest + 1], parts[rest + 3]);
    }
}
