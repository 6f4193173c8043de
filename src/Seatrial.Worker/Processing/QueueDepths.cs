using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Looks on the health beat how much waits in the queues that this worker handles, by the index of what is ready. It
/// counts up to a bound: beyond it the exact number decides nothing, and would cost a walk each time.
/// </summary>
internal sealed partial class QueueDepths(
    NpgsqlDataSource dataSource, IEnumerable<string> queues, TimeSpan beat, WorkerContext context)
{
    public const int Most = 100_000;

    private const string Statement = """
        select q.name,
            (select count(*) from (select 1 from seatrial.records where queue = q.name and state = 'ready' limit $2) r)
            + coalesce((select sum(c.records) from (select records from seatrial.chunks
                where queue = q.name and state = 'ready' limit $2) c), 0),
            extract(epoch from now() - least(
                (select min(p.run_at) from generate_series(0, 3) priority, lateral (select run_at from seatrial.records
                    where queue = q.name and state = 'ready' and priority = priority.priority
                    order by run_at, id limit 1) p),
                (select run_at from seatrial.chunks where queue = q.name and state = 'ready'
                    order by run_at, id limit 1)))
        from unnest($1::text[]) as q(name)
        """;

    private readonly string[] _queues = [.. queues];
    private readonly ILogger _logger = context.Logger;
    private IReadOnlyList<QueueDepth> _last = [];

    /// <summary>As of the last beat.</summary>
    public IReadOnlyList<QueueDepth> Last => Volatile.Read(ref _last);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(beat, context.Time);
        do
        {
            try
            {
                Volatile.Write(ref _last, await ReadAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (DatabaseErrors.IsFromDatabase(e) && !cancellationToken.IsCancellationRequested)
            {
                // Not what was true once.
                Volatile.Write(ref _last, []);
                LogNotRead(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken cancellationToken)
    {
        using var command = dataSource.CreateCommand(Statement);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _queues });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var depths = new List<QueueDepth>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var age = await reader.IsDBNullAsync(2, cancellationToken).ConfigureAwait(false)
                ? 0
                : (double)reader.GetDecimal(2);
            depths.Add(new QueueDepth(reader.GetString(0), reader.GetInt64(1), Math.Max(0, age)));
        }

        return depths;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not see how much waits: {Cause}")]
    private partial void LogNotRead(string cause);
}
