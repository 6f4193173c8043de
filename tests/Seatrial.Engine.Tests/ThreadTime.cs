using System.Globalization;

namespace Seatrial.Engine.Tests;

/// <summary>What a thread used of a processor, by the kernel's own count: others' work is not in it.</summary>
internal static class ThreadTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Of the calling thread, since it began.</summary>
    public static TimeSpan Used() => TimeSpan.FromTicks(
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)
        / NanosecondsPerTick);
}
