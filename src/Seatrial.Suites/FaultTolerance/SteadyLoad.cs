using Seatrial.Engine.Histories;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>Records at one rate for as long as it takes, whatever the system does.</summary>
internal sealed class SteadyLoad(TestEnvironment environment, TimeProvider clock)
{
    private volatile bool _isOver;

    /// <summary>No batch begins any more.</summary>
    public void End() => _isOver = true;

    /// <summary>Puts records in until the end is called; returns how many the database
    /// acknowledged.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var plan = environment.Plan;
        var workload = plan.Spec.Workload with { Rate = plan.Spec.Faults.Rate };
        var loader = new QueueLoader(environment.Database, workload, clock);
        await using var log = ClientLog.Create(environment.Folder.Path);
        var records = new RecordSource(workload).Read(int.MaxValue).TakeWhile(_ => !_isOver);
        var accepted = 0L;
        await foreach (var batch in loader.LoadAsync(records, cancellationToken))
        {
            accepted += batch.Outcome is AckOutcome.Acked ? batch.Keys.Count : 0;
            await log.AppendAsync(Acknowledgements.Of(workload.Queue, batch));
        }

        // Not after an interruption: what became of the batch that was under way nobody knows.
        await log.CompleteAsync();
        return accepted;
    }
}
