using Seatrial.Engine.Histories;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>The wait for the last record.</summary>
internal static class Drains
{
    /// <summary>Null once all is done; else why it was waited for no longer.</summary>
    public static async Task<string?> WaitAsync(
        TestEnvironment environment, long loaded, TimeProvider clock, CancellationToken cancellationToken)
    {
        var workload = environment.Plan.Spec.Workload;
        using var limit = new CancellationTokenSource(workload.DrainWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var drained = await environment.Log.WaitUntilAsync(
                counts => counts.Drained && counts.Queues[workload.Queue].Enqueued >= loaded, either.Token);
            return drained ? null : $"the log could not be read on: {environment.Log.Counts.Gap}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the records were not done within {workload.DrainWithin.TotalSeconds:0} s, "
                + $"with records still open: {Open(environment.Log.Counts)}";
        }
    }

    private static string Open(LiveCounts counts) => string.Join(
        ", ", counts.Queues.Where(queue => queue.Value.Backlog > 0)
            .Select(queue => $"{queue.Value.Backlog} in {queue.Key}"));
}
