using Seatrial.Engine.Checks;

namespace Seatrial.Engine.Thresholds;

/// <summary>What is said of a threshold.</summary>
/// <param name="Verdict">Unknown where it can't be told.</param>
/// <param name="Said">The measured value, or why there is none; without a full stop.</param>
internal readonly record struct Judged(Verdict Verdict, string Said)
{
    /// <summary>There is nothing to judge by.</summary>
    public static Judged Unknown(string because) => new(Verdict.Unknown, $"Can't be told: {because}");
}
