namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A stretch of time.</summary>
public sealed record Window(DateTimeOffset From, DateTimeOffset To)
{
    public double Seconds => (To - From).TotalSeconds;

    public bool Holds(DateTimeOffset at) => at >= From && at <= To;

    public bool Meets(Window other) => From <= other.To && To >= other.From;
}
