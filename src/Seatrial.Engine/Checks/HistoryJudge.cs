using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>One pass over a history with every check in it.</summary>
internal sealed class HistoryJudge
{
    private readonly RecordMapping _mapping;
    private readonly TrialFacts _facts;
    private readonly List<string> _gaps = [];
    private readonly ICheck[] _checks;
    private readonly Exception?[] _failures;
    private readonly UnexpectedCheck _unexpected;
    private readonly OverlapCheck _overlap;
    private readonly ZombieCheck _zombie;
    private long _next;
    private ulong _position;

    public HistoryJudge(RecordMapping mapping, TrialFacts facts)
    {
        _mapping = mapping;
        _facts = facts;
        Records = new RecordTable(mapping.Stages);
        Client = new ClientExpectations(Records);
        Tally = new Tally(Records, facts.LoadStartedAt);
        Timeline = new TimelineRecorder(Records);
        Latencies = facts.Phases.Count == 0 ? null : new LatencyRecorder(mapping.Stages, facts.Phases);
        _unexpected = new UnexpectedCheck(Client, () => _gaps.Count == 0);
        _overlap = new OverlapCheck(mapping.Queue);
        _zombie = new ZombieCheck(mapping);
        _checks =
        [
            new CompleteCheck(mapping),
            new LostCheck(),
            new DuplicatedCheck(),
            _unexpected,
            _overlap,
            _zombie,
            new TornCheck(),
            new IllegalCheck(mapping.Queue),
            .. mapping.Stages.Count > 1 ? [new HandoverCheck(mapping)] : Array.Empty<ICheck>(),
            new FairnessCheck(),
        ];
        _failures = new Exception?[_checks.Length];
    }

    public RecordTable Records { get; }

    /// <summary>What the client was told; to be filled before the first event.</summary>
    public ClientExpectations Client { get; }

    public Tally Tally { get; }

    public TimelineRecorder Timeline { get; }

    /// <summary>How long records of an open load took; null without one.</summary>
    public LatencyRecorder? Latencies { get; }

    /// <summary>Replaces a check, for tests of the judge itself.</summary>
    internal ICheck this[int check]
    {
        set => _checks[check] = value;
    }

    /// <summary>Takes the next event.</summary>
    public void Observe(in HistoryEvent happened)
    {
        var stage = Records.StageOf(happened.Queue);
        if (happened.Index != _next || happened.CommitLsn < _position || stage < 0)
        {
            Gap(stage < 0
                ? $"event {happened.Index} is of queue {happened.Queue}, which is no stage"
                : happened.Index != _next
                    ? $"event {_next} is missing: {happened.Index} follows"
                    : $"event {happened.Index} stands before the one that it follows");
        }

        _next = happened.Index + 1;
        _position = Math.Max(_position, happened.CommitLsn);
        if (stage < 0)
        {
            return;
        }

        var slot = Records.FindOrAdd(stage, happened.Record, happened.Key);
        var seen = new Observation(in happened, in Records[slot], slot, Records);
        Tally.Observe(seen);
        Timeline.Observe(seen);
        Latencies?.Observe(happened);
        for (var i = 0; i < _checks.Length; i++)
        {
            Show(i, seen);
        }

        Records.Apply(happened, slot);
    }

    /// <summary>Something may be missing here.</summary>
    public void Gap(string reason)
    {
        _gaps.Add(reason);
        Records.Gap();
    }

    /// <summary>What each check says.</summary>
    public IReadOnlyList<(ICheck Check, CheckOutcome Outcome)> Conclude(HistoryEnd? end, string? damage)
    {
        if (damage is not null)
        {
            Gap(damage);
        }

        _gaps.AddRange(end?.Gaps ?? []);
        if (end is null or { MarkSeen: false } && _gaps.Count == 0)
        {
            _gaps.Add("the end of the log was not reached");
        }

        var trial = new Trial
        {
            Mapping = _mapping,
            Facts = _facts,
            Records = Records,
            Client = Client,
            Tally = Tally,
            End = end,
            Gaps = _gaps,
        };
        return [.. _checks.Select((check, i) => (check, Conclude(check, i, trial)))];
    }

    /// <summary>Figures of the whole.</summary>
    public JudgementTotals Totals()
    {
        var (redelivered, wasted) = (0L, 0L);
        for (var slot = 0; slot < Records.Count; slot++)
        {
            ref var state = ref Records[slot];
            redelivered += state is { Claims: > 1, Effects: 1 } ? 1 : 0;
            wasted += Math.Max(0, state.Claims - 1);
        }

        return new JudgementTotals(
            Tally.Events, Tally.Records, redelivered, wasted, _overlap.Takeovers, _zombie.Late, _unexpected.Recovered);
    }

    private void Show(int check, in Observation seen)
    {
        if (_failures[check] is not null)
        {
            return;
        }

        try
        {
            _checks[check].Observe(seen);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failures[check] = exception;
        }
    }

    private CheckOutcome Conclude(ICheck check, int number, Trial trial)
    {
        var failure = _failures[number];
        try
        {
            if (failure is null)
            {
                return check.Conclude(trial);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = exception;
        }

        return new CheckOutcome(Verdict.Unknown, 0, $"The check broke down: {failure?.Message}", []);
    }
}
