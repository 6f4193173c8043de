using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Prefect;

/// <summary>Sends the next entries of one run, and settles them by the server's answer.</summary>
internal sealed partial class RunDelivery(PrefectClient client, Outbox outbox, PrefectConfig config, ILogger logger)
{
    // Two events a step; the server's recorder reads batches of at most this size.
    private const int MostRows = 50;

    private const string TransitionTwice = "already made this state transition";

    /// <summary>Throws only what concerns every message: <see cref="PrefectFault.Later"/> and
    /// <see cref="PrefectFault.Unauthorised"/>, and <see cref="PrefectFault.Conflict"/> after having it all told
    /// again.</summary>
    public async Task SendAsync(KnownRun known, CancellationToken cancellationToken)
    {
        var rows = outbox.Head(known.Run.Id, MostRows);
        if (rows.Count == 0)
        {
            return;
        }

        outbox.CountAttempt(rows);
        try
        {
            await SendAsync(known, rows, cancellationToken).ConfigureAwait(false);
        }
        catch (PrefectException e) when (e.Fault is PrefectFault.Later)
        {
            var delay = e.RetryAfter ?? RetryDelays.After(config.RetryConfig, rows[0].Attempts);
            outbox.Delay(rows, RowStatus.Waiting, delay);
            throw;
        }
        catch (PrefectException e) when (e.Fault is PrefectFault.Conflict)
        {
            outbox.TellAgain(known.Run.Id, RetryDelays.After(config.RetryConfig, rows[0].Attempts));
            LogGone(known.Run.Id, e.Message);
            throw;
        }
        catch (PrefectException e) when (e.Fault is PrefectFault.Refused)
        {
            Bury(known.Run, rows, e.Message);
        }
    }

    private Task SendAsync(KnownRun known, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken) =>
        (rows[0].Kind, known.Remote) switch
        {
            (EntryKind.Start, _) => StartAsync(known.Run, rows, cancellationToken),
            (_, null) => FindAsync(known.Run, cancellationToken),
            (EntryKind.Step, { } remote) => StepsAsync(known.Run, remote, rows, cancellationToken),
            (EntryKind.Log, { } remote) => LogsAsync(remote, rows, cancellationToken),
            (EntryKind.End, { } remote) => EndAsync(known.Run, remote, rows, cancellationToken),
            (var kind, _) => throw new InvalidOperationException($"an entry of kind {kind}"),
        };

    private async Task StartAsync(LocalRun run, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        await FindAsync(run, cancellationToken).ConfigureAwait(false);
        outbox.Settle(rows, RowStatus.Done);
    }

    /// <summary>The run's id on the server: of one that is there by its key, else of a new one.</summary>
    private async Task FindAsync(LocalRun run, CancellationToken cancellationToken)
    {
        var flow = await client.EnsureFlowAsync(Projection.Flow(run), cancellationToken).ConfigureAwait(false);
        var there = await client.EnsureFlowRunAsync(Projection.FlowRun(run, flow), cancellationToken)
            .ConfigureAwait(false);
        outbox.Found(run.Id, there.Id);
    }

    private async Task StepsAsync(
        LocalRun run, Guid remote, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var events = rows.SelectMany(row => Projection.Events(run, StepOf(row), remote)).ToList();
        await client.SendEventsAsync(events, cancellationToken).ConfigureAwait(false);
        outbox.Delay(rows, RowStatus.Sent, config.ReadBackAfter);
    }

    private async Task LogsAsync(Guid remote, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var logs = rows.Select(LogOf).ToList();
        if (rows.Any(row => row.Attempts > 0))
        {
            // Sent before, with an answer that was lost or unclear: the server would keep a second copy.
            var there = await client.ReadLogsAsync(remote, cancellationToken).ConfigureAwait(false);
            var marks = there.Select(log => log.Message.Split(' ', 2)[0]).ToHashSet(StringComparer.Ordinal);
            logs = [.. logs.Where(log => !marks.Contains(Projection.LogMark(log)))];
        }

        if (logs.Count > 0)
        {
            await client.SendLogsAsync([.. logs.Select(log => Projection.Log(log, remote))], cancellationToken)
                .ConfigureAwait(false);
        }

        outbox.Settle(rows, RowStatus.Done);
    }

    private async Task EndAsync(
        LocalRun run, Guid remote, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        await client.AddLabelsAsync(remote, Projection.Labels(run), cancellationToken).ConfigureAwait(false);
        var there = await client.ReadFlowRunAsync(remote, cancellationToken).ConfigureAwait(false);
        if (there.StateType == run.State)
        {
            outbox.Settle(rows, RowStatus.Done);
        }
        else if (StateTypes.IsFinal(there.StateType))
        {
            // The server would accept another final state, and somebody's decision would be lost.
            Contradicted(run, rows, $"it is {there.StateType} in Prefect");
        }
        else
        {
            var isTooLate = there.StateType is StateTypes.Cancelling;
            var state = isTooLate ? Projection.TooLate(run) : Projection.State(run);
            var answer = await client.SetStateAsync(remote, state, cancellationToken).ConfigureAwait(false);
            Settle(run, rows, answer, isTooLate);
        }
    }

    private void Settle(LocalRun run, IReadOnlyList<OutboxRow> rows, SetStateAnswer answer, bool isTooLate)
    {
        var reason = answer.Details?.Reason ?? "";
        switch (answer.Status)
        {
            case SetStateAnswer.Accepted when isTooLate:
                Contradicted(run, rows, "it was to be cancelled in Prefect, after it had ended");
                break;
            case SetStateAnswer.Accepted:
            case SetStateAnswer.Rejected when reason.Contains(TransitionTwice, StringComparison.Ordinal):
                outbox.Settle(rows, RowStatus.Done);
                break;
            case SetStateAnswer.ToWait:
                outbox.Delay(rows, RowStatus.Waiting, TimeSpan.FromSeconds(answer.Details?.DelaySeconds ?? 1));
                break;
            default:
                Contradicted(run, rows, $"Prefect answered {answer.Status}: {reason}");
                break;
        }
    }

    private void Contradicted(LocalRun run, IReadOnlyList<OutboxRow> rows, string why)
    {
        outbox.Settle(rows, RowStatus.Conflict, why);
        LogConflict(run.Id, run.State, why);
    }

    private void Bury(LocalRun run, IReadOnlyList<OutboxRow> rows, string cause)
    {
        if (rows[0].Kind is EntryKind.Start)
        {
            outbox.GiveUp(run.Id, cause);
        }
        else
        {
            outbox.Settle(rows, RowStatus.Dead, cause);
        }

        LogRefused(rows.Count, rows[0].Kind, run.Id, cause);
    }

    public static StepEntry StepOf(OutboxRow row) =>
        JsonSerializer.Deserialize(row.Payload, PrefectJson.Default.StepEntry)
        ?? throw new InvalidDataException($"entry {row.Seq} is empty");

    private static LogEntry LogOf(OutboxRow row) =>
        JsonSerializer.Deserialize(row.Payload, PrefectJson.Default.LogEntry)
        ?? throw new InvalidDataException($"entry {row.Seq} is empty");

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Prefect does not have run {Run} as it should: {Cause} All that is known of it is told again.")]
    private partial void LogGone(Guid run, string cause);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Prefect refuses {Count} entries ({Kind}) of run {Run}, which stay in the outbox as dead: {Cause}")]
    private partial void LogRefused(int count, EntryKind kind, Guid run, string cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} ended as {State}, but {Why}.")]
    private partial void LogConflict(Guid run, string? state, string why);
}
