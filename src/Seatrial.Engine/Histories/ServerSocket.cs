using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Histories;

/// <summary>
/// The Unix socket of a server in a container of this host: a way to it without a network, on which each change is a
/// packet of its own.
/// </summary>
internal sealed class ServerSocket
{
    // A role that may not see where the sockets are gets no row.
    private const string PathSql =
        """
        select trim(split_part(folders.setting, ',', 1)) || '/.s.PGSQL.' || port.setting
        from pg_settings folders, pg_settings port
        where folders.name = 'unix_socket_directories' and port.name = 'port'
        """;

    private const string SlotSql = "select exists (select from pg_replication_slots where slot_name = @slot)";

    /// <summary>The kernel takes no longer ones.</summary>
    private const int MostOfPath = 107;

    private readonly Func<CancellationToken, Task<ContainerState?>> _container;
    private readonly string _inside;

    private ServerSocket(Func<CancellationToken, Task<ContainerState?>> container, string inside) =>
        (_container, _inside) = (container, inside);

    /// <summary>The one of a server; null unless it leads to the recorder's slot for the user who connects over the
    /// network.</summary>
    /// <param name="options">Of the recorder.</param>
    /// <param name="connection">To the server.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<ServerSocket?> FindAsync(
        WalRecorderOptions options, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var path = new NpgsqlCommand(PathSql, connection);
        if (options.Container is not { } container
            || await path.ExecuteScalarAsync(cancellationToken) is not string inside || !inside.StartsWith('/'))
        {
            return null;
        }

        var socket = new ServerSocket(container, inside);
        return await socket.LeadsToAsync(options.Slot, options.ConnectionString, cancellationToken) ? socket : null;
    }

    /// <summary>Where it is now: a server that was started again is another process. Null when it is not to be seen
    /// from here.</summary>
    public async Task<UnixDomainSocketEndPoint?> WhereAsync(CancellationToken cancellationToken)
    {
        try
        {
            var path = await _container(cancellationToken) is { } state
                ? ContainerHost.Of(state)?.PathOf(_inside) : null;
            return path?.Length <= MostOfPath && File.Exists(path) ? new UnixDomainSocketEndPoint(path) : null;
        }
        catch (Exception hidden) when (hidden is SeatrialException or IOException or UnauthorizedAccessException)
        {
            // The engine does not answer, or its containers are not to be looked into.
            return null;
        }
    }

    private async Task<bool> LeadsToAsync(string slot, string connectionString, CancellationToken cancellationToken)
    {
        if (await WhereAsync(cancellationToken) is not { } where)
        {
            return false;
        }

        var file = where.ToString();
        var way = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = Path.GetDirectoryName(file),
            Port = int.Parse(Path.GetExtension(file).AsSpan(1), CultureInfo.InvariantCulture),
        };
        try
        {
            await using var session =
                await DirectSession.OpenAsync(way.ConnectionString, "seatrial judge", cancellationToken);
            await using var command = new NpgsqlCommand(SlotSql, session);
            command.Parameters.AddWithValue("slot", slot);
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (NpgsqlException)
        {
            // Others are let in by it than by the network, or it is another server's.
            return false;
        }
    }
}
