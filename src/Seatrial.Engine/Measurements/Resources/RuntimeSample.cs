namespace Seatrial.Engine.Measurements.Resources;

/// <summary>What a worker's own runtime told of itself on <c>/metrics</c>.</summary>
/// <param name="Paused">Seconds so far that collections of garbage held all of its threads.</param>
/// <param name="Queued">Work that waits for a thread of the pool.</param>
/// <param name="Taken">Connections in use, of the pool that has the fewest left.</param>
/// <param name="Most">Connections that this pool may have.</param>
public sealed record RuntimeSample(double? Paused, double? Queued, double? Taken, double? Most);
