namespace Seatrial.Engine.Measurements.Latencies;

/// <summary>When a phase of the load was; a record belongs to the one in which it was due.</summary>
/// <param name="Name">By which thresholds and reports know it.</param>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end, which is not in it.</param>
/// <param name="Planned">How many records were to come in it.</param>
/// <param name="IsMeasured">Whether thresholds look at it unless they name another.</param>
public sealed record PhaseSpan(string Name, DateTimeOffset From, DateTimeOffset To, long Planned, bool IsMeasured);
