namespace Seatrial.Worker.Dependencies;

/// <summary>What a dependency said when it was asked.</summary>
/// <param name="Version">Null when it does not tell.</param>
/// <param name="Timing">How long the steps took.</param>
internal sealed record ProbeAnswer(string? Version, string Timing)
{
    /// <summary>Until there was a connection, a wait for the pool included.</summary>
    public TimeSpan Connecting { get; init; }

    /// <summary>From there to the answer.</summary>
    public TimeSpan Answering { get; init; }
}
