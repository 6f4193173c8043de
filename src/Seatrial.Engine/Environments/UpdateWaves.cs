using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>Which of a service's containers are replaced together.</summary>
public static class UpdateWaves
{
    /// <summary>So many at a time, in order; 0 is all at once.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> replaced, int parallelism) =>
        [.. replaced.Chunk(parallelism is 0 ? Math.Max(1, replaced.Count) : parallelism)];

    /// <summary>What the waves add to the time that one start may take.</summary>
    public static TimeSpan Time(ComposeUpdate policy, IReadOnlyList<PlannedContainer> replaced) =>
        replaced is []
            ? TimeSpan.Zero
            : policy.Monitor
                + ((Of(replaced, policy.Parallelism).Count - 1) * (policy.Delay + replaced[0].ReadyLimit));
}
