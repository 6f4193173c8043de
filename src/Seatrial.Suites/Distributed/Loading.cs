using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Distributed;

/// <summary>Puts records in, writing down what became of each batch.</summary>
internal sealed class Loading(TestEnvironment environment, TimeProvider clock)
{
    /// <summary>
    /// Until it is enough or all of <paramref name="most"/> are in; returns how many the database acknowledged. Of a
    /// batch without an answer nobody knows whether it is to be waited for.
    /// </summary>
    public async Task<long> RunAsync(
        WorkloadSpec workload, int most, CancellationToken enough, CancellationToken cancellationToken)
    {
        var loader = new QueueLoader(environment.Database, workload, clock);
        await using var log = ClientLog.Create(environment.Folder.Path);
        var records = new RecordSource(workload, environment.Plan.Request.Seed)
            .Read(most).TakeWhile(_ => !enough.IsCancellationRequested);
        var acknowledged = 0L;
        await foreach (var batch in loader.LoadAsync(records, cancellationToken))
        {
            acknowledged += batch.Outcome is AckOutcome.Acked ? batch.Keys.Count : 0;
            await log.AppendAsync(Acknowledgements.Of(workload.Queue, batch));
        }

        // Not after an interruption: what became of the batch that was under way nobody knows.
        await log.CompleteAsync();
        return acknowledged;
    }
}
