using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Whether the log was read to its end, and adds up to what the tables hold. It accuses nobody: where it does not pass,
/// something was missed, and nothing that rests on completeness can.
/// </summary>
internal sealed class CompleteCheck(RecordMapping mapping) : ICheck
{
    private readonly Dictionary<(string Queue, Phase Phase), long> _log = [];
    private readonly Dictionary<string, long> _effects = [];
    private bool _tableEvents;

    public string Id => "complete";

    public string Title => "The log was read to its end and adds up to what the tables hold";

    public void Observe(in Observation seen)
    {
        // The sums stand in the index once all is read.
    }

    public CheckOutcome Conclude(Trial trial)
    {
        if (trial.Gaps.Count > 0)
        {
            return Unknown(trial.Gaps.Count, $"The log has a gap: {string.Join("; ", trial.Gaps)}.");
        }

        if (trial.End?.Tables is not { } tables)
        {
            return Unknown(1, "The tables could not be counted at the end of the log.");
        }

        Sum(trial.Records);
        var differences = Differences(tables).ToList();
        if (differences.Count > 0 && !_tableEvents)
        {
            var because = tables.Exact ? "" : " (a transaction that did not end kept the judge from counting exactly)";
            return Unknown(differences.Count, $"Log and tables differ{because}: {string.Join("; ", differences)}.");
        }

        var ignored = trial.End.Ignored == 0
            ? ""
            : $"; {Words.Count(trial.End.Ignored, "change")} of other queues left out";
        var cut = trial.End.Reconnects == 0
            ? ""
            : $"; the connection was cut {Words.Count(trial.End.Reconnects, "time")}, without loss";
        return trial.Decide(
            new Offences(),
            "",
            $"{Words.Count(trial.Tally.Events, "event")} up to {trial.End.ReadUpTo}, and the tables hold the same"
                + $"{ignored}{cut}.");
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) => $"{offence.What}.";

    private static CheckOutcome Unknown(int count, string summary) => new(Verdict.Unknown, count, summary, []);

    private void Sum(RecordTable records)
    {
        for (var slot = 0; slot < records.Count; slot++)
        {
            ref var state = ref records[slot];
            var queue = records.Stages[state.Stage];
            _effects[queue] = _effects.GetValueOrDefault(queue) + state.Effects;
            if (state.Has(RecordMarks.Enqueued))
            {
                _log[(queue, state.Phase)] = _log.GetValueOrDefault((queue, state.Phase)) + 1;
                // After an illegal change nobody knows where the record stands; the illegal check has told of it.
                _tableEvents |= state.Phase is Phase.Unclear;
            }
        }
    }

    private IEnumerable<string> Differences(TableCounts tables)
    {
        Phase[] phases = mapping.Queue.DeleteIsDone
            ? [Phase.Ready, Phase.Running, Phase.Dead]
            : [Phase.Ready, Phase.Running, Phase.Done, Phase.Dead];
        foreach (var queue in mapping.Stages)
        {
            foreach (var phase in phases)
            {
                var log = _log.GetValueOrDefault((queue, phase));
                var table = tables.Records
                    .Where(count => IsOf(count, queue) && PhaseOf(count.State) == phase).Sum(count => count.Count);
                if (log != table)
                {
                    yield return $"{queue} has {table} records {phase.ToString().ToLowerInvariant()}, by the log {log}";
                }
            }
        }

        var byQueue = mapping.Effect.QueueName is not null;
        foreach (var queue in byQueue ? mapping.Stages : [""])
        {
            var log = byQueue ? _effects.GetValueOrDefault(queue) : _effects.Values.Sum();
            var table = tables.Effects.Where(count => count.Queue == queue).Sum(count => count.Count);
            if (log != table)
            {
                yield return $"{(byQueue ? queue : "the system")} has {table} effects, by the log {log}";
            }
        }
    }

    private bool IsOf(StateCount count, string queue) => mapping.Queue.QueueName is null || count.Queue == queue;

    private Phase PhaseOf(string state) =>
        mapping.Queue.Ready.Contains(state) ? Phase.Ready
        : mapping.Queue.Running.Contains(state) ? Phase.Running
        : mapping.Queue.Done.Contains(state) ? Phase.Done
        : mapping.Queue.Dead.Contains(state) ? Phase.Dead
        : Phase.Unclear;
}
