namespace Seatrial.Engine.Thresholds;

/// <summary>Why a text is no threshold.</summary>
/// <param name="Column">Of the first character that does not fit, from 1.</param>
/// <param name="What">What is there.</param>
/// <param name="Fix">What belongs there, and what may have been meant.</param>
public sealed record ThresholdProblem(int Column, string What, string Fix);
