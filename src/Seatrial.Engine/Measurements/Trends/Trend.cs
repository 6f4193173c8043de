namespace Seatrial.Engine.Measurements.Trends;

/// <summary>A straight line through points, with what is known of its slope.</summary>
/// <param name="Slope">The middle one of the slopes between all pairs of points.</param>
/// <param name="Low">The least that it may be, at the confidence asked for.</param>
/// <param name="High">The most.</param>
/// <param name="Level">The line's height in the middle of the points.</param>
/// <param name="Certainty">How certain it is that the slope is above 0, from 0 to 1.</param>
/// <param name="Points">How many there were.</param>
public sealed record Trend(double Slope, double Low, double High, double Level, double Certainty, int Points);
