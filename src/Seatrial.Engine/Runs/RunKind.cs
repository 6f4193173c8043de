namespace Seatrial.Engine.Runs;

/// <summary>What a run did: runs of one kind can be held against each other.</summary>
/// <param name="Suite">Its suite, or <see cref="RunEntry.Comparison"/>.</param>
/// <param name="Records">Records that it was to put in; 0 where that is not said.</param>
/// <param name="Load">Stands for what brought them in and what broke the system meanwhile, as <c>seatrial.yaml</c> had
/// it: the same for two runs only where that was. Empty where it is not known.</param>
public sealed record RunKind(string Suite, int Records, string Load)
{
    /// <summary>Of a run that is a part of another command.</summary>
    public static RunKind Part { get; } = new(RunEntry.Comparison, 0, "");
}
