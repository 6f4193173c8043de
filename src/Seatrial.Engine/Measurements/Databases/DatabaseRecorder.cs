using Npgsql;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Measurements.Databases;

/// <summary>
/// Asks the database under trial twice a second how it is, and writes it down. While it is away, that is what is
/// written.
/// </summary>
internal sealed class DatabaseRecorder(DatabaseAccess database, string folder, TimeProvider clock)
{
    private const int SamplesPerBlock = 64;
    private const int LooksPerWholeLook = 4;

    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(500);

    private readonly string _address = new NpgsqlConnectionStringBuilder(database.ConnectionString)
    {
        Timeout = 5,
    }.ConnectionString;

    private NpgsqlConnection? _session;
    private IReadOnlyDictionary<long, StatementUse>? _before;
    private int _looks;

    /// <summary>Ends by cancellation, with the file whole.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        await using var file = DatabaseFile.Create(folder, database.Service);
        using var timer = new PeriodicTimer(_every, clock);
        try
        {
            do
            {
                file.Append(await LookAsync(cancellationToken), DatabaseFile.Write);
                if (file.Pending >= SamplesPerBlock)
                {
                    await file.FlushAsync();
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The trial is over.
        }

        await file.CompleteAsync(new DatabaseEnd(await StatementsAsync()));
        await CloseAsync();
    }

    private async Task<DatabaseSample> LookAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        try
        {
            _session ??= await DirectSession.OpenAsync(_address, DatabaseWatch.Name, cancellationToken);
            _before ??= await DatabaseWatch.StatementsAsync(_session, cancellationToken);
            return await DatabaseWatch.LookAsync(
                _session, at, _looks++ % LooksPerWholeLook == 0, cancellationToken);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CloseAsync();
            return new DatabaseSample { At = at, Failure = away.Message };
        }
    }

    /// <summary>What each statement took since the beginning, the most first.</summary>
    private async Task<IReadOnlyList<StatementUse>> StatementsAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
        try
        {
            // A look that was cancelled may have left the session in the middle of an answer.
            await CloseAsync();
            _session = await DirectSession.OpenAsync(_address, DatabaseWatch.Name, limit.Token);
            var after = await DatabaseWatch.StatementsAsync(_session, limit.Token);
            return
            [
                .. after.Select(one => Since(_before?.GetValueOrDefault(one.Key), one.Value))
                    .Where(one => one.Calls > 0)
                    .OrderByDescending(one => one.Seconds)
                    .Take(20),
            ];
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException
            or OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>A server that was started again counts from 0.</summary>
    private static StatementUse Since(StatementUse? before, StatementUse after) =>
        before is null || after.Calls < before.Calls ? after : after with
        {
            Calls = after.Calls - before.Calls,
            Seconds = after.Seconds - before.Seconds,
            Rows = after.Rows - before.Rows,
        };

    private async Task CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }
}
