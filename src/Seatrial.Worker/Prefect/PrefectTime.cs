namespace Seatrial.Worker.Prefect;

/// <summary>Times as Prefect keeps them.</summary>
internal static class PrefectTime
{
    public static readonly TimeSpan Microsecond = TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond);

    /// <summary>Without what is below a microsecond: two times that differ here differ there.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
