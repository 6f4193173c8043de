namespace Seatrial.Worker.Configuration;

/// <summary>How many batches are worked on side by side where nobody says it.</summary>
internal static class DefaultLanes
{
    // Two batches, what a handler makes of them, and its share of the runtime.
    private const long MemoryOfOne = 64 << 20;

    /// <summary>As many as there are processors and memory for, at least one.</summary>
    public static int Count(int processors, double? cpus, long memory)
    {
        var most = Math.Min(processors, cpus is { } limit ? (int)Math.Ceiling(limit) : processors);
        return (int)Math.Clamp(memory / MemoryOfOne, 1, Math.Max(1, most));
    }
}
