using Npgsql;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Recovery;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>
/// Looks four times a second at the database's sessions and what they lock, and joins that with the deaths that the
/// engine tells: what a dead client still holds is seen nowhere else.
/// </summary>
internal sealed class DeadClients(TestEnvironment environment, TimeProvider clock)
{
    private const string Look =
        """
        select pid, host(client_addr), backend_start,
            exists (select from pg_locks lock where lock.pid = one.pid and granted and locktype <> 'virtualxid')
        from pg_stat_activity one
        where backend_type = 'client backend' and client_addr is not null and application_name not like 'seatrial%'
        """;

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Process, DateTime Start), Session> _sessions = [];
    private readonly List<(RunningContainer Container, DateTimeOffset At)> _deaths = [];

    /// <summary>Those that died so far, in order.</summary>
    public IReadOnlyList<DeadClient> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _deaths.Select(death => Of(death.Container, death.At))];
            }
        }
    }

    /// <summary>Ends by cancellation.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(WatchDeathsAsync(cancellationToken), WatchSessionsAsync(cancellationToken));

    private DeadClient Of(RunningContainer container, DateTimeOffset at)
    {
        var left = _sessions
            .Where(session => session.Key.Start < at.UtcDateTime && session.Value.SeenAt > at
                && container.Addresses.Values.Contains(session.Value.Address))
            .Select(session => session.Value)
            .ToList();
        var locks = left.Where(session => session.LockedAt > at).ToList();
        return new DeadClient(
            container.ShortName,
            at,
            left.Count,
            left.Count == 0 ? null : left.Max(session => session.SeenAt),
            locks.Count == 0 ? null : locks.Max(session => session.LockedAt));
    }

    private async Task WatchDeathsAsync(CancellationToken cancellationToken)
    {
        await foreach (var told in environment.Containers.WatchAsync(cancellationToken))
        {
            if (told.Kind is EngineEventKind.Died
                && environment.Containers.Find(told.ContainerId) is { } container
                && container.Service != environment.Plan.Spec.Database.Service)
            {
                lock (_lock)
                {
                    _deaths.Add((container, told.At));
                }
            }
        }
    }

    private async Task WatchSessionsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(
                    new NpgsqlConnectionStringBuilder(environment.Administration.ConnectionString)
                    {
                        Pooling = false,
                        ApplicationName = "seatrial-sessions",
                        Timeout = 5,
                        CommandTimeout = 5,
                    }.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                while (true)
                {
                    await LookAsync(connection, cancellationToken);
                    await Task.Delay(_betweenLooks, clock, cancellationToken);
                }
            }
            catch (Exception down) when (down is NpgsqlException or TimeoutException or IOException)
            {
                // A database that is down holds nothing for anybody.
                await Task.Delay(_betweenLooks, clock, cancellationToken);
            }
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Look, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var at = clock.GetUtcNow();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = (reader.GetInt32(0), reader.GetDateTime(2));
            lock (_lock)
            {
                var before = _sessions.GetValueOrDefault(key);
                _sessions[key] = new Session(
                    reader.GetString(1), at, reader.GetBoolean(3) ? at : before?.LockedAt);
            }
        }
    }

    private sealed record Session(string Address, DateTimeOffset SeenAt, DateTimeOffset? LockedAt);
}
