using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Commits what the journal holds as soon as the database takes it; the fences decide whether it counts.
/// </summary>
internal sealed partial class JournalReplay(
    Journal journal, Func<string, RecordQueue> queueOf, IReadOnlyList<QueueHandler> handlers, WorkerContext context)
{
    // Longer than any outage: nobody renews these leases, and their fences decide.
    private static readonly TimeSpan _unwatched = TimeSpan.FromDays(30);

    // For what a full disk kept in the journal.
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = context.Logger;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await journal.News.WaitAsync(journal.IsBehind ? _again : Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(false);
            try
            {
                await CommitAllAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SqliteException e)
            {
                // With the next entry, or at the next start.
                LogUnreadable(e.Message);
            }
        }
    }

    private async Task CommitAllAsync(CancellationToken cancellationToken)
    {
        var (last, stuck) = (0L, 0);
        while (journal.NextAfter(last) is { } next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = next.Id;
            if (next.Entry is null)
            {
                LogLost(next.Id);
                journal.Remove(next.Id);
            }
            else if (await CommitAsync(next.Entry, cancellationToken).ConfigureAwait(false))
            {
                journal.Remove(next.Id);
            }
            else
            {
                stuck++;
            }
        }

        journal.LeaveStuck(stuck);
    }

    private async Task<bool> CommitAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var handler = handlers.FirstOrDefault(handler => handler.Queue == entry.Queue);
        if (handler is null)
        {
            LogNoHandler(entry.Records.Count, entry.Queue);
            return false;
        }

        using var lease = new LeasedBatch(
            [.. entry.Records.Select(record => record.Claimed)], _unwatched, context.Time.GetTimestamp(), context.Time)
        {
            Chunk = entry.Chunk,
        };
        var records = entry.Records.Select(record => new HandledRecord(
            record.Claimed, handler.TryRead(record.Claimed), record.Decided()));
        var committer = new BatchCommitter(
            queueOf(entry.Owner), handler, new Watermarks(context.Time), context with { Journal = null });
        await committer.CommitAsync(new HandledBatch(lease, [.. records]), cancellationToken).ConfigureAwait(false);
        LogCommitted(entry.Records.Count, entry.Queue);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal can't be read at the moment: {Cause}")]
    private partial void LogUnreadable(string cause);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Entry {Entry} of the journal can't be read; its records run again when their leases end.")]
    private partial void LogLost(long entry);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Brought {Records} records of {Queue} from the journal to the database.")]
    private partial void LogCommitted(int records, string queue);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The journal holds {Records} records of {Queue}, which this flow does not handle; they stay there.")]
    private partial void LogNoHandler(int records, string queue);
}
