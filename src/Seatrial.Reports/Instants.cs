namespace Seatrial.Reports;

/// <summary>
/// Instants of histories: microseconds since 1970 UTC, in which the ends of the number's range are PostgreSQL's
/// infinities. Those are the ends of .NET's time, and what lies beyond it is as good as infinite.
/// </summary>
internal static class Instants
{
    private static readonly long First = Count(DateTimeOffset.MinValue);
    private static readonly long Last = Count(DateTimeOffset.MaxValue);

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        microseconds >= Last ? DateTimeOffset.MaxValue
        : microseconds <= First ? DateTimeOffset.MinValue
        : DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static long ToMicroseconds(DateTimeOffset instant) =>
        instant == DateTimeOffset.MaxValue ? long.MaxValue
        : instant == DateTimeOffset.MinValue ? long.MinValue
        : Count(instant);

    private static long Count(DateTimeOffset instant) =>
        (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
