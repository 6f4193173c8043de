using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Deletes done chunks and results that have been kept for long enough: in small steps, one worker of a database at a
/// time, and in a twentieth of the time at most, so that records go on at their rate.
/// </summary>
internal sealed partial class Retention(NpgsqlDataSource dataSource, WorkerContext context)
{
    public const string Chunks = "chunks";
    public const string Results = "results";

    /// <summary>Of the table, in one step.</summary>
    public const int Pages = 64;

    private const int ChunksAtOnce = 10;
    private const int PauseForWork = 19;

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(10);

    private readonly ILogger _logger = context.Logger;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_beat, context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                foreach (var what in new[] { Chunks, Results })
                {
                    while (await StepAsync(what, cancellationToken).ConfigureAwait(false) is { } pause)
                    {
                        await Task.Delay(pause, context.Time, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception e) when (DatabaseErrors.IsFromDatabase(e) && !cancellationToken.IsCancellationRequested)
            {
                // Nothing hurries: at the next beat.
                LogNotDeleted(e.Message);
            }
        }
    }

    /// <summary>Null when nothing more is due; else the pause before the next step.</summary>
    public async Task<TimeSpan?> StepAsync(string what, CancellationToken cancellationToken)
    {
        var age = what == Chunks ? context.Config.Retention.Chunks : context.Config.Retention.Results;
        if (age == TimeSpan.Zero)
        {
            return null;
        }

        var began = context.Time.GetTimestamp();
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rollback = transaction.ConfigureAwait(false);
        if (await TakeAsync(connection, what, cancellationToken).ConfigureAwait(false) is not var (page, pages))
        {
            return null;
        }

        var (next, gone) = what == Chunks
            ? await DeleteChunksAsync(connection, age, cancellationToken).ConfigureAwait(false)
            : await DeleteResultsAsync(connection, age, (page, pages), cancellationToken).ConfigureAwait(false);
        var pause = context.Time.GetElapsedTime(began) * PauseForWork;
        var wait = next is not null ? pause : TimeSpan.FromTicks(
            Math.Clamp(age.Ticks / 10, _shortestWait.Ticks, _longestWait.Ticks));
        using var leave = new NpgsqlCommand(RetentionStatements.Leave, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = what },
                new NpgsqlParameter<long> { TypedValue = next ?? 0 },
                new NpgsqlParameter<TimeSpan> { TypedValue = wait },
            },
        };
        await leave.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        if (gone > 0)
        {
            LogDeleted(gone, what);
        }

        return next is null ? null : pause;
    }

    private static async Task<(long Page, long Pages)?> TakeAsync(
        NpgsqlConnection connection, string what, CancellationToken cancellationToken)
    {
        using var take = new NpgsqlCommand(RetentionStatements.Take, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = what } },
        };
        var reader = await take.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? (reader.GetInt64(0), reader.GetInt64(1))
            : null;
    }

    private static async Task<(long? Next, long Gone)> DeleteChunksAsync(
        NpgsqlConnection connection, TimeSpan age, CancellationToken cancellationToken)
    {
        using var delete = new NpgsqlCommand(RetentionStatements.Chunks, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<TimeSpan> { TypedValue = age },
                new NpgsqlParameter<int> { TypedValue = ChunksAtOnce },
            },
        };
        var gone = (long?)await delete.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) ?? 0;
        return (gone == ChunksAtOnce ? 0 : null, gone);
    }

    private static async Task<(long? Next, long Gone)> DeleteResultsAsync(
        NpgsqlConnection connection, TimeSpan age, (long From, long All) pages, CancellationToken cancellationToken)
    {
        var until = pages.From + Pages;
        using var delete = new NpgsqlCommand(RetentionStatements.Results, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<TimeSpan> { TypedValue = age },
                new NpgsqlParameter<long> { TypedValue = pages.From },
                new NpgsqlParameter<long> { TypedValue = until },
            },
        };
        var gone = await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (until < pages.All ? until : null, gone);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Deleted {Count} {What} that had been kept for long enough.")]
    private partial void LogDeleted(long count, string what);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not delete what is old: {Cause}")]
    private partial void LogNotDeleted(string cause);
}
