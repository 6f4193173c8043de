using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Looks for the steps that were sent: the server says yes before it stores them. What it does not have is sent again.
/// </summary>
internal sealed partial class StepConfirmation(
    PrefectClient client, Outbox outbox, PrefectConfig config, ILogger logger)
{
    // The server's limit of a page.
    private const int MostRows = 200;

    // After so many attempts it is asked whether the run itself is still there.
    private const int AttemptsToDoubt = 3;

    private const int MostAttempts = 12;

    /// <summary>Whether there was anything to look for.</summary>
    public async Task<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        var rows = outbox.Unconfirmed(MostRows);
        if (rows.Count == 0)
        {
            return false;
        }

        var steps = rows.Select(row => (Row: row, Known: outbox.Find(row.Run))).Where(step => step.Known is not null)
            .ToDictionary(step => Id(step.Row, step.Known), step => step.Row);
        var there = await client.FindTaskRunsAsync(
            new TaskRunFilter { Id = new AnyOf<Guid>([.. steps.Keys]) }, cancellationToken).ConfigureAwait(false);
        var stored = there.Where(step => StateTypes.IsFinal(step.StateType)).Select(step => step.Id).ToHashSet();
        outbox.Settle([.. steps.Where(step => stored.Contains(step.Key)).Select(step => step.Value)], RowStatus.Done);
        foreach (var missing in steps.Where(step => !stored.Contains(step.Key)).Select(step => step.Value)
            .GroupBy(row => row.Run))
        {
            await SendAgainAsync(missing.Key, [.. missing], cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task SendAgainAsync(Guid run, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var attempts = rows.Max(row => row.Attempts);
        if (attempts >= AttemptsToDoubt && outbox.Find(run) is { Remote: { } remote })
        {
            try
            {
                await client.ReadFlowRunAsync(remote, cancellationToken).ConfigureAwait(false);
            }
            catch (PrefectException e) when (e.Fault is PrefectFault.Conflict)
            {
                outbox.TellAgain(run, RetryDelays.After(config.RetryConfig, attempts));
                LogGone(run);
                return;
            }
        }

        if (attempts >= MostAttempts)
        {
            outbox.Settle(rows, RowStatus.Dead, $"sent {attempts} times, and never stored");
            LogNeverStored(rows.Count, run, attempts);
            return;
        }

        LogMissing(rows.Count, run);
        outbox.Delay(rows, RowStatus.Waiting, TimeSpan.Zero);
    }

    private static Guid Id(OutboxRow row, KnownRun? known) => known is null
        ? Guid.Empty
        : Projection.StepId(known.Run, RunDelivery.StepOf(row));

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} steps of run {Run} did not arrive; sending them again.")]
    private partial void LogMissing(int count, Guid run);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} steps of run {Run} were sent {Attempts} times and never stored; they stay in the outbox as "
            + "dead.")]
    private partial void LogNeverStored(int count, Guid run, int attempts);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Prefect has lost run {Run}; all that is known of it is told again.")]
    private partial void LogGone(Guid run);
}
