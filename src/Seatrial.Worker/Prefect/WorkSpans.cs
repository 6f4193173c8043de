using System.Text.Json;

namespace Seatrial.Worker.Prefect;

/// <summary>What is seen of a worker at one moment.</summary>
/// <param name="At">Now.</param>
/// <param name="LastMove">When anything was claimed or ended last.</param>
/// <param name="Held">Records that it holds.</param>
/// <param name="Counts">Since the process began.</param>
internal sealed record Sighting(DateTimeOffset At, DateTimeOffset LastMove, int Held, RunCounts Counts);

/// <summary>
/// Makes runs and steps of sightings: a run begins with the first claim after idleness, has a step for each interval of
/// work, and ends when nothing moved for a while. Times are kept to the microsecond and grow.
/// </summary>
internal sealed class WorkSpans(string flow, string environment, string owner, PrefectConfig config)
{
    private RunCounts _before = RunCounts.None;
    private DateTimeOffset? _seenAt;

    /// <summary>The run under way.</summary>
    public LocalRun? Run { get; private set; }

    /// <summary>
    /// The run that this sighting began, continued or ended, and what Prefect is to be told of it; null when idle.
    /// </summary>
    public (LocalRun Run, List<OutboxEntry> Entries)? See(Sighting seen)
    {
        var entries = new List<OutboxEntry>();
        var now = PrefectTime.Whole(seen.At);
        var run = Run;
        if (run is null && seen.Counts.Claimed > _before.Claimed)
        {
            run = Begin(now);
            entries.Add(new OutboxEntry(run.Id, EntryKind.Start, "", run.StartedAt));
        }

        if (run is null)
        {
            _before = seen.Counts;
            _seenAt = now;
            return null;
        }

        run = run with { Counts = seen.Counts - _before, SeenAt = now };
        if (seen.Held == 0 && seen.At - seen.LastMove >= config.IdleAfter)
        {
            return (End(run, PrefectTime.Whole(seen.LastMove), entries), entries);
        }

        if (now - run.StepStartedAt >= config.StepLength)
        {
            run = run.Counts != run.StepBase || seen.Held > 0
                ? CloseStep(run, now, StateTypes.Completed, entries)
                : run with { StepStartedAt = now };
        }

        _seenAt = now;
        Run = run;
        return (run, entries);
    }

    /// <summary>The end of the worker: of the run under way, if there is one.</summary>
    public (LocalRun Run, List<OutboxEntry> Entries)? Finish(Sighting seen)
    {
        var last = See(seen);
        return last is ({ EndedAt: null } run, var entries)
            ? (End(run, PrefectTime.Whole(seen.LastMove), entries), entries)
            : last;
    }

    /// <summary>Takes over what others changed in the run that was returned last.</summary>
    public void Keep(LocalRun run) => Run = run.EndedAt is null ? run : null;

    /// <summary>A run of a process that died without ending it.</summary>
    public static (LocalRun Run, List<OutboxEntry> Entries) Crashed(LocalRun run)
    {
        var entries = new List<OutboxEntry>();
        var message = $"The process {run.Owner} died; it was last seen alive at {run.SeenAt:O}, with {run.Counts}.";
        return (End(run, run.SeenAt, StateTypes.Crashed, message, entries), entries);
    }

    private LocalRun Begin(DateTimeOffset now)
    {
        // The first claim came after the last sighting: so all of the run's work lies within it.
        var began = _seenAt ?? now;
        return new LocalRun
        {
            Id = Guid.CreateVersion7(began),
            Flow = flow,
            Environment = environment,
            Owner = owner,
            StartedAt = began,
            SeenAt = now,
            StepStartedAt = began,
        };
    }

    private LocalRun End(LocalRun run, DateTimeOffset lastMove, List<OutboxEntry> entries)
    {
        var counts = run.Counts + _before;
        var ended = End(run, lastMove, StateTypes.Completed, run.Counts.ToString(), entries);
        Run = null;
        _before = counts;
        _seenAt = ended.SeenAt;
        return ended;
    }

    private static LocalRun End(
        LocalRun run, DateTimeOffset at, string state, string message, List<OutboxEntry> entries)
    {
        var end = PrefectTime.Later(at, run.StepEndedAt ?? run.StartedAt + PrefectTime.Microsecond);
        if (run.Counts != run.StepBase || run.Steps == 0)
        {
            run = CloseStep(run, end, state, entries);
            end = run.StepStartedAt;
        }

        entries.Add(new OutboxEntry(run.Id, EntryKind.End, "", end));
        return run with { EndedAt = end, State = state, Message = message };
    }

    private static LocalRun CloseStep(LocalRun run, DateTimeOffset at, string state, List<OutboxEntry> entries)
    {
        var end = PrefectTime.Later(at, run.StepStartedAt + PrefectTime.Microsecond);
        var step = new StepEntry(run.Steps + 1, run.StepStartedAt, end, state, run.Counts - run.StepBase);
        entries.Add(new OutboxEntry(
            run.Id, EntryKind.Step, JsonSerializer.Serialize(step, PrefectJson.Default.StepEntry), end));
        return run with { Steps = step.Number, StepStartedAt = end, StepEndedAt = end, StepBase = run.Counts };
    }
}
