namespace Seatrial.Reports;

/// <summary>Instants of histories: microseconds since 1970 UTC.</summary>
internal static class Instants
{
    private static readonly long Last = ToMicroseconds(DateTimeOffset.MaxValue);
    private static readonly long First = ToMicroseconds(DateTimeOffset.MinValue);

    /// <summary>The database knows instants, infinity among them, that become .NET's last or first.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(microseconds, First, Last) * TimeSpan.TicksPerMicrosecond);

    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
