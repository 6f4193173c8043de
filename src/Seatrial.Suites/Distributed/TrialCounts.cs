using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>From the log's counts to what a view shows.</summary>
internal static class TrialCounts
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>Reports them again and again, until it is cancelled.</summary>
    public static async Task ReportAsync(
        TestEnvironment environment,
        IProgress<TrialProgress> progress,
        TimeProvider clock,
        CancellationToken cancellationToken,
        bool isOpen = false)
    {
        while (true)
        {
            progress.Report(Of(environment, isOpen));
            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }

    /// <param name="environment">Where.</param>
    /// <param name="isOpen">Whether nobody knows how many there will be.</param>
    public static TrialProgress.CountsMoved Of(TestEnvironment environment, bool isOpen = false)
    {
        var counts = environment.Log.Counts;
        return new TrialProgress.CountsMoved(
            [.. environment.Plan.Spec.Mapping.Stages.Select(
                stage => Queue(
                    stage,
                    isOpen ? counts.Queues[stage].Enqueued : environment.Plan.Records,
                    counts.Queues[stage]))],
            [.. environment.Containers.Containers.SelectMany(container => counts.Owners
                .Where(owner => OwnerNames.IsOf(owner.Key, container))
                .Select(owner => new WorkerProgress(
                    container.ShortName, owner.Value.Queue, owner.Value.Held, owner.Value.Done)))]);
    }

    private static QueueProgress Queue(string stage, long expected, QueueCounts counts) =>
        new(stage, expected, counts.Enqueued, counts.Done, counts.Dead);
}
