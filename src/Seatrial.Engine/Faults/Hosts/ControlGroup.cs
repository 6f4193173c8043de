namespace Seatrial.Engine.Faults.Hosts;

/// <summary>
/// A container's control group for one controller. Its files are written here and not through the engine: the engine
/// can't lift a limit on memory, and what stands in its own records is what a restart gives back.
/// </summary>
internal sealed record ControlGroup(string Folder, bool IsUnified)
{
    public string PathOf(string file) => Path.Combine(Folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file)).Trim();

    /// <summary>The number of a line <c>name number</c>; 0 where there is none.</summary>
    public long Count(string file, string name) => File.Exists(PathOf(file))
        ? File.ReadLines(PathOf(file))
            .Select(line => line.Split(' '))
            .Where(parts => parts.Length == 2 && parts[0] == name)
            .Select(parts => long.TryParse(parts[1], out var number) ? number : 0)
            .FirstOrDefault()
        : 0;

    /// <summary>The processes in it, by the host's ids.</summary>
    public IReadOnlyList<int> Processes() => [.. File.ReadLines(PathOf("cgroup.procs")).Select(int.Parse)];

    /// <exception cref="FaultNotSeenException">The kernel refused.</exception>
    public void Write(string file, string value)
    {
        try
        {
            File.WriteAllText(PathOf(file), value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new FaultNotSeenException($"The kernel refused {value} for {file}: {refused.Message}");
        }
    }
}
