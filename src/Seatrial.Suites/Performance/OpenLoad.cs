using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Performance;

/// <summary>An open load in several parts: one stream of records, one client's log, one list of phases.</summary>
internal sealed class OpenLoad(TestEnvironment environment, IRecordLoader loader, TimeProvider clock)
    : IAsyncDisposable
{
    /// <summary>So that the first record is not late already.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(50);

    private readonly ClientLog _log = ClientLog.Create(environment.Folder.Path);
    private readonly IEnumerator<WorkloadRecord> _records =
        new RecordSource(environment.Plan.Spec.Workload, environment.Plan.Request.Seed)
            .Read(int.MaxValue).GetEnumerator();

    private readonly List<PhaseSpan> _phases = [];

    /// <summary>Those that have begun.</summary>
    public IReadOnlyList<PhaseSpan> Phases => _phases;

    /// <summary>Records whose coming in was acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Runs some phases to their end, or until it is enough; what is measured meanwhile is there to be looked
    /// at.</summary>
    public async Task RunAsync(
        IReadOnlyList<LoadPhase> phases,
        Action<LiveLatencies> begun,
        CancellationToken enough,
        CancellationToken cancellationToken)
    {
        var (workload, stages) = (environment.Plan.Spec.Workload, environment.Plan.Spec.Mapping.Stages);
        var plan = new ArrivalPlan(phases);

        // Nothing is due in two phases, though all that the last one had is in.
        var (soon, free) = (clock.GetUtcNow() + _soon, _phases.Count == 0 ? default : _phases[^1].To);
        var zero = Whole(soon > free ? soon : free.AddMilliseconds(1));
        var spans = phases
            .Select((phase, i) => new PhaseSpan(
                phase.Name, zero + plan.BeginOf(i), zero + plan.BeginOf(i) + phase.Lasts, phase.Records,
                phase.IsMeasured))
            .ToList();
        _phases.AddRange(spans);

        // Whoever looks at what goes on means just that, be it the search.
        var live = new LiveLatencies(
            workload.Queue, stages, [.. spans.Select(span => span with { IsMeasured = true })]);
        environment.Log.Measure(live);
        begun(live);
        using var open = new OpenLoopLoader(loader, clock);
        await foreach (var (sent, inserted) in open.RunAsync(
            plan, zero, _records, live.Sending, enough, cancellationToken))
        {
            Acknowledged += inserted.Outcome is AckOutcome.Acked ? inserted.Keys.Count : 0;
            if (inserted.Outcome is not AckOutcome.Acked)
            {
                live.Unacknowledged(sent, inserted.Outcome);
            }

            await _log.AppendAsync(Acknowledgements.Of(workload.Queue, inserted, sent));
        }

        CutAt(clock.GetUtcNow(), phases, enough);
    }

    /// <summary>What was ended early was no longer than that.</summary>
    private void CutAt(DateTimeOffset now, IReadOnlyList<LoadPhase> phases, CancellationToken enough)
    {
        if (!enough.IsCancellationRequested)
        {
            return;
        }

        var first = _phases.Count - phases.Count;
        _phases.RemoveAll(span => span.From >= now);
        if (_phases.Count > first && _phases[^1] is var last && last.To > now)
        {
            var phase = phases[_phases.Count - 1 - first];
            var planned = phase.Shape.CountAt((now - last.From).TotalSeconds, phase.Lasts.TotalSeconds);
            _phases[^1] = last with { To = now, Planned = (long)planned };
        }
    }

    /// <summary>Evidence counts in microseconds: what is due when a phase begins must not fall before it.</summary>
    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>Nothing more will be put in.</summary>
    public Task CompleteAsync() => _log.CompleteAsync();

    public ValueTask DisposeAsync()
    {
        environment.Log.Measure(null);
        _records.Dispose();
        return _log.DisposeAsync();
    }
}
