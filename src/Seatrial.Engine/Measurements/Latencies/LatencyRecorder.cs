using System.Runtime.InteropServices;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Trends;
using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Measurements.Latencies;

/// <summary>
/// Notes how long each record of an open load took, by the phase in which it was due: from the plan and the log, never
/// from when something was sent, so that a system that stands still can't hide those whom it kept waiting. It remembers
/// a record by its key, from being due until it left the last stage; one without a key is not measured.
/// </summary>
public sealed class LatencyRecorder
{
    private const int Samples = 50;

    private readonly IReadOnlyList<string> _stages;
    private readonly MeasuredPhase[] _phases;
    private readonly Dictionary<string, Way> _ways = new(StringComparer.Ordinal);

    /// <param name="stages">The queues, in the order of the way through them.</param>
    /// <param name="phases">In their order, none within another.</param>
    public LatencyRecorder(IReadOnlyList<string> stages, IReadOnlyList<PhaseSpan> phases)
    {
        _stages = stages;
        _phases = [.. phases.Select(phase => new MeasuredPhase(phase, stages))];
    }

    /// <summary>What was measured so far.</summary>
    internal IReadOnlyList<MeasuredPhase> Measured => _phases;

    /// <summary>A record that was sent was not acknowledged.</summary>
    internal void Unacknowledged(long due, AckOutcome outcome)
    {
        if (PhaseAt(due) is not { } phase)
        {
            return;
        }

        phase.Errors++;
        if (outcome is AckOutcome.Failed)
        {
            phase.Refused++;
        }
        else
        {
            phase.Unanswered++;
        }
    }

    /// <summary>What the client says of a record that it put in.</summary>
    public void Sent(in Acknowledgement acknowledgement)
    {
        if (acknowledgement is not { DueAt: { } due, SentAt: { } sent, Key: { } key }
            || PhaseAt(due) is not { } phase)
        {
            return;
        }

        phase.Sent++;
        phase.Lateness.Add(sent - due);
        if (acknowledgement.Outcome is AckOutcome.Failed)
        {
            Unacknowledged(due, acknowledgement.Outcome);
            return;
        }

        var isUnanswered = acknowledgement.Outcome is AckOutcome.Unknown;
        phase.Unanswered += isUnanswered ? 1 : 0;
        _ways[key] = new Way { Phase = phase, DueAt = due, IsUnanswered = isUnanswered };
    }

    /// <summary>An event of the log, in its order.</summary>
    public void Observe(in HistoryEvent happened)
    {
        if (happened.Key is not { } key)
        {
            return;
        }

        ref var way = ref CollectionsMarshal.GetValueRefOrNullRef(_ways, key);
        var stage = StageOf(happened.Queue);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref way) || stage < 0)
        {
            return;
        }

        switch (happened.Kind)
        {
            case EventKind.Enqueue when stage == way.Stage:
                way.EnqueuedAt = happened.At;

                // The log is the answer that did not come.
                way.Phase.Unanswered -= way.IsUnanswered ? 1 : 0;
                way.IsUnanswered = false;
                break;
            case EventKind.Enqueue when stage == way.Stage + 1:
                way.NextAt = happened.At;
                break;
            case EventKind.Claim when stage == way.Stage:
                if (way is { ClaimedAt: 0, EnqueuedAt: > 0 })
                {
                    way.Phase.Stages[stage].Wait.Add(happened.At - way.EnqueuedAt);
                }

                way.ClaimedAt = happened.At;
                break;
            case EventKind.Done when stage == way.Stage:
                Done(key, ref way, happened.At);
                break;
            case EventKind.Dead:
                way.Phase.Errors++;
                _ways.Remove(key);
                break;
            default:
                break;
        }
    }

    /// <summary>What was measured, with what the whole history says of each phase's time.</summary>
    internal IReadOnlyList<MeasuredPhase> Phases(Timeline timeline)
    {
        foreach (var phase in _phases)
        {
            var (from, to) = (Instants.From(phase.Span.From), Instants.From(phase.Span.To));
            var seconds = (to - from) / 1e6;
            for (var stage = 0; stage < _stages.Count; stage++)
            {
                phase.Stages[stage].Throughput = timeline.Done(stage, from, to) / seconds;
            }

            phase.Throughput = phase.Stages[^1].Throughput;
            phase.Backlog =
                (timeline.BacklogAt(from), timeline.BacklogAt(to), timeline.HighestBacklog(from, to));
            phase.BacklogGrowth = Growth(timeline, from, to);
        }

        return _phases;
    }

    private static double Growth(Timeline timeline, long from, long to) => LeastSquares.Slope(
    [
        .. Enumerable.Range(0, Samples)
            .Select(i => from + ((to - from) * i / (Samples - 1)))
            .Select(at => (at / 1e6, (double)timeline.BacklogAt(at))),
    ]);

    private void Done(string key, ref Way way, long at)
    {
        var measured = way.Phase.Stages[way.Stage];
        if (way.EnqueuedAt > 0)
        {
            measured.Latency.Add(at - way.EnqueuedAt);
        }

        if (way.ClaimedAt > 0)
        {
            measured.Run.Add(at - way.ClaimedAt);
        }

        if (way.Stage == _stages.Count - 1)
        {
            way.Phase.Latency.Add(at - way.DueAt);
            _ways.Remove(key);
            return;
        }

        // It comes into the next stage in the same transaction, before this event or after it.
        (way.EnqueuedAt, way.NextAt, way.ClaimedAt) = (way.NextAt, 0, 0);
        way.Stage++;
    }

    private MeasuredPhase? PhaseAt(long at)
    {
        var instant = Instants.ToDateTimeOffset(at);
        return Array.Find(_phases, phase => phase.Span.From <= instant && instant < phase.Span.To);
    }

    private int StageOf(string queue)
    {
        for (var i = 0; i < _stages.Count; i++)
        {
            if (ReferenceEquals(_stages[i], queue) || _stages[i] == queue)
            {
                return i;
            }
        }

        return -1;
    }

    private struct Way
    {
        public MeasuredPhase Phase;
        public long DueAt;
        public bool IsUnanswered;
        public int Stage;
        public long EnqueuedAt;
        public long ClaimedAt;
        public long NextAt;
    }
}
