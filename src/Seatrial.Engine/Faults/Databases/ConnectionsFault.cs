using Npgsql;

namespace Seatrial.Engine.Faults.Databases;

/// <summary>Opens sessions until the database takes no more, and leaves those kept for administrators.</summary>
internal sealed class ConnectionsFault(FaultScene scene, FaultOrder order) : IFault
{
    private const int Most = 5000;

    private readonly List<NpgsqlConnection> _open = [];

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var database = scene.DatabaseOf(order);
        var refused = "";
        var kept = 0;
        while (refused.Length == 0)
        {
            try
            {
                _open.Add(await database.OpenAsync(cancellationToken));
                kept = kept > 0 ? kept : int.Parse(await DatabaseAccess.AskAsync<string>(
                    _open[0], "show superuser_reserved_connections", argument: null, cancellationToken) ?? "0");
            }
            catch (PostgresException full) when (full.SqlState is PostgresErrorCodes.TooManyConnections)
            {
                refused = full.MessageText;
            }
            catch (Exception slow)
                when (slow is TimeoutException or NpgsqlException { InnerException: TimeoutException })
            {
                // A busy server takes its time for so many; the step's own limit ends it.
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_open.Count > Most)
            {
                throw new FaultNotSeenException($"The database still took sessions after {Most}.");
            }
        }

        // Those kept for administrators go back: who is none is refused all the same.
        foreach (var spare in _open.TakeLast(Math.Min(kept, _open.Count - 1)).ToList())
        {
            _open.Remove(spare);
            await spare.DisposeAsync();
        }

        return $"{_open.Count} sessions opened, until SQLSTATE {PostgresErrorCodes.TooManyConnections}: {refused}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var free = await DatabaseAccess.AskAsync<string>(
            _open.Count > 0 ? _open[0] : throw new FaultNotSeenException("No session was opened."),
            "select format('%s of %s sessions are taken, %s are kept for administrators', count(*), "
            + "current_setting('max_connections'), current_setting('superuser_reserved_connections')) "
            + "from pg_stat_activity where backend_type = 'client backend'",
            argument: null,
            cancellationToken);
        return free ?? throw new FaultNotSeenException("The database does not say how many sessions it has.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        var count = _open.Count;
        foreach (var session in _open)
        {
            await session.DisposeAsync();
        }

        _open.Clear();
        return $"{count} sessions ended";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        return await scene.UntilAsync(
            async () => await DatabaseAccess.AskAsync<long>(
                session,
                "select count(*) from pg_stat_activity where application_name = @it and pid <> pg_backend_pid()",
                DatabaseAccess.Name,
                cancellationToken) == 0
                ? "none of them is left, and the database takes new ones" : null,
            cancellationToken);
    }
}
