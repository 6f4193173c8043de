using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Checks;

/// <summary>A trial's evidence in memory.</summary>
internal sealed record SimulatedTrial
{
    public static readonly RecordMapping WorkerMapping =
        Histories.QueueDatabase.StatesStay(BuiltInMapping.ForWorker(["rpa1", "rpa2", "rpa3"]));

    public required IReadOnlyList<HistoryEvent> Events { get; init; }

    public required IReadOnlyList<Acknowledgement> Client { get; init; }

    public RecordMapping Mapping { get; init; } = WorkerMapping;

    public TrialFacts Facts { get; init; } = new() { Drain = DrainOutcome.Drained, HasClientLog = true };

    public IReadOnlyList<string> Gaps { get; init; } = [];

    public bool MarkSeen { get; init; } = true;

    public bool Ends { get; init; } = true;

    public string? Damage { get; init; }

    /// <summary>What the tables hold; null is what the events leave in them.</summary>
    public TableCounts? Tables { get; init; }

    public Judgement Judge()
    {
        var judge = new HistoryJudge(Mapping, Facts);
        foreach (var acknowledgement in Client)
        {
            judge.Client.Add(acknowledgement);
        }

        foreach (var happened in Events)
        {
            judge.Observe(happened);
        }

        var end = new HistoryEnd
        {
            Gaps = Gaps,
            MarkSeen = MarkSeen,
            ReadUpTo = "0/FFFFFF",
            Ignored = 0,
            Tables = Tables ?? TablesAfter(),
        };
        return Judgements.Of(judge, judge.Conclude(Ends ? end : null, Damage), Facts, () => [Events]);
    }

    /// <summary>What a check says.</summary>
    public CheckResult Check(string id) => Judge().Checks.Single(check => check.Id == id);

    /// <summary>The tables as these events leave them, so that a broken history is broken in one way only.</summary>
    private TableCounts TablesAfter()
    {
        var states = new Dictionary<(string Queue, string Record), string>();
        foreach (var happened in Events)
        {
            var state = happened.Kind switch
            {
                EventKind.Enqueue or EventKind.Release or EventKind.Expire => "ready",
                EventKind.Claim => "running",
                EventKind.Done => "done",
                EventKind.Dead => "dead",
                EventKind.Removed => "",
                EventKind.Renew or EventKind.Effect or EventKind.Illegal => null,
            };
            if (state is not null)
            {
                states[(happened.Queue, happened.Record)] = state;
            }
        }

        return new TableCounts
        {
            Records =
            [
                .. states.Where(state => state.Value.Length > 0)
                    .GroupBy(state => (state.Key.Queue, state.Value))
                    .Select(group => new StateCount(group.Key.Queue, group.Key.Value, group.Count())),
            ],
            Effects =
            [
                .. Events.Where(happened => happened.Kind is EventKind.Effect)
                    .GroupBy(happened => happened.Queue)
                    .Select(group => new StateCount(group.Key, "", group.Count())),
            ],
            Exact = true,
        };
    }
}
