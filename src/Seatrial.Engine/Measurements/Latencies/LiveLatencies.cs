using Seatrial.Engine.Histories;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Measurements.Latencies;

/// <summary>What is measured while the load goes on: by the same rules as afterwards, from the log as it is
/// read.</summary>
public sealed class LiveLatencies(string queue, IReadOnlyList<string> stages, IReadOnlyList<PhaseSpan> phases)
{
    private readonly Lock _lock = new();
    private readonly LatencyRecorder _recorder = new(stages, phases);

    /// <summary>A batch is about to be sent.</summary>
    public void Sending(SentBatch batch)
    {
        lock (_lock)
        {
            for (var i = 0; i < batch.Records.Count; i++)
            {
                _recorder.Sent(new Acknowledgement
                {
                    Queue = queue,
                    Key = batch.Records[i].Key,
                    Outcome = AckOutcome.Acked,
                    DueAt = Instants.From(batch.Due[i]),
                    SentAt = Instants.From(batch.SentAt),
                });
            }
        }
    }

    /// <summary>It was refused, or got no answer.</summary>
    public void Unacknowledged(SentBatch batch, AckOutcome outcome)
    {
        lock (_lock)
        {
            foreach (var due in batch.Due)
            {
                _recorder.Unacknowledged(Instants.From(due), outcome);
            }
        }
    }

    /// <summary>An event of the log.</summary>
    public void Observe(in HistoryEvent happened)
    {
        lock (_lock)
        {
            _recorder.Observe(happened);
        }
    }

    /// <summary>Looks at what was measured so far, by phase; throughput and backlog are for the judge to say.</summary>
    public T Look<T>(Func<IReadOnlyList<MeasuredPhase>, T> look)
    {
        lock (_lock)
        {
            return look(_recorder.Measured);
        }
    }
}
