namespace Seatrial.Engine.Measurements.Trends;

/// <summary>A resource that only grows.</summary>
/// <param name="Rule">What of.</param>
/// <param name="PerMinute">What it grows by.</param>
/// <param name="Low">The least of it, at a confidence of 99 %.</param>
/// <param name="High">The most.</param>
/// <param name="Grown">By how much in the time looked at.</param>
/// <param name="Over">That time.</param>
/// <param name="Certainty">From 0 to 1.</param>
public sealed record Leak(
    LeakRule Rule, double PerMinute, double Low, double High, double Grown, TimeSpan Over, double Certainty);
