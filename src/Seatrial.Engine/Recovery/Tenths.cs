using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>
/// Time in tenths of a second since 1970, on whose bounds throughput is counted: the suite that waits for it and the
/// judge that measures it afterwards count the same records.
/// </summary>
public static class Tenths
{
    /// <summary>In microseconds.</summary>
    internal const long Length = 100_000;

    /// <summary>The one that an instant is in, or begins.</summary>
    public static long Of(DateTimeOffset instant) => Of(Instants.From(instant));

    /// <summary>The first that begins at an instant or after it.</summary>
    public static long After(DateTimeOffset instant) => (Instants.From(instant) + Length - 1) / Length;

    internal static long Of(long at) => at / Length;
}
