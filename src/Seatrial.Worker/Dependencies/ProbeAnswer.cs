namespace Seatrial.Worker.Dependencies;

/// <summary>What a dependency said when it was asked.</summary>
/// <param name="Version">Null when it does not tell.</param>
/// <param name="Timing">How long the steps took.</param>
internal sealed record ProbeAnswer(string? Version, string Timing);
