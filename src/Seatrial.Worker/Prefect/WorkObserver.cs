using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Looks at the worker's counters once a second and writes what it sees into the outbox: processing knows nothing of
/// it.
/// </summary>
internal sealed partial class WorkObserver(
    WorkSpans spans, Outbox outbox, LogTap tap, WorkerContext context, ILogger logger)
{
    private const int MostHomelessLines = 200;

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);

    private readonly List<TappedLine> _lines = [];
    private readonly List<OutboxEntry> _unsaved = [];
    private bool _isDiskAway;

    /// <summary>The run under way, and Prefect's id of it where that is known.</summary>
    public (Guid Run, Guid? Remote)? Current => spans.Run is { } run ? (run.Id, outbox.RemoteOf(run.Id)) : null;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_beat, context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            Save(spans.See(Look()));
        }
    }

    /// <summary>After the last record of this worker.</summary>
    public void Finish() => Save(spans.Finish(Look()));

    /// <summary>Ends the runs of a process that died with this state folder.</summary>
    public void EndThoseOfTheDead()
    {
        foreach (var run in outbox.OpenRuns())
        {
            LogCrashed(run.Id, run.Owner, run.SeenAt, run.Counts);
            var (crashed, entries) = WorkSpans.Crashed(run);
            outbox.Save(crashed, entries);
        }
    }

    private Sighting Look()
    {
        var progress = context.Progress;
        var counts = new RunCounts(progress.Claimed, progress.Ended, progress.Failed, progress.Stale);
        var now = context.Time.GetUtcNow();
        return new Sighting(now, now - progress.SinceLastMove, context.Held.Records, counts);
    }

    private void Save((LocalRun Run, List<OutboxEntry> Entries)? seen)
    {
        _lines.AddRange(tap.Take());
        if (seen is not var (run, entries))
        {
            // They belong to the run that comes next; one that never comes has no use for them.
            _lines.RemoveRange(0, Math.Max(0, _lines.Count - MostHomelessLines));
            return;
        }

        run = AddLines(run, entries);
        _unsaved.AddRange(entries);
        try
        {
            outbox.Save(run, _unsaved);
            _unsaved.Clear();
            Told(isAway: false, "");
        }
        catch (SqliteException e)
        {
            // Kept in memory until the disk takes it; work goes on meanwhile.
            Told(isAway: true, e.Message);
        }
    }

    private LocalRun AddLines(LocalRun run, List<OutboxEntry> entries)
    {
        foreach (var line in _lines)
        {
            var log = new LogEntry(run.Logs + 1, line.Logger, line.Level, line.Message, line.At);
            run = run with { Logs = log.Number };

            // Before the end, so that a run is complete when it is over.
            var at = entries.FindIndex(entry => entry.Kind is EntryKind.End);
            entries.Insert(
                at < 0 ? entries.Count : at,
                new OutboxEntry(
                    run.Id, EntryKind.Log, JsonSerializer.Serialize(log, PrefectJson.Default.LogEntry), line.At,
                    line.Level));
        }

        _lines.Clear();
        spans.Keep(run);
        return run;
    }

    private void Told(bool isAway, string cause)
    {
        if (isAway && !_isDiskAway)
        {
            LogDiskAway(outbox.File, cause);
        }
        else if (!isAway && _isDiskAway)
        {
            LogDiskBack(outbox.File);
        }

        _isDiskAway = isAway;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Run {Run} of {Owner} was not ended: the process died after {SeenAt:O}, with {Counts}.")]
    private partial void LogCrashed(Guid run, string owner, DateTimeOffset seenAt, RunCounts counts);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{File} can't be written: {Cause} What Prefect is to be told waits in memory; work goes on.")]
    private partial void LogDiskAway(string file, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} can be written again.")]
    private partial void LogDiskBack(string file);
}
