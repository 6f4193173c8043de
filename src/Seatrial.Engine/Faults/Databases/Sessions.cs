using Npgsql;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Faults.Databases;

/// <summary>Who is connected to the database.</summary>
internal static class Sessions
{
    private const string Client = "backend_type = 'client backend' and application_name not like 'seatrial%'";

    /// <summary>The backends of a container; of the database itself, all but this program's.</summary>
    public static async Task<int[]> OfAsync(
        NpgsqlConnection session, FaultScene scene, RunningContainer container, CancellationToken cancellationToken)
    {
        var (sql, argument) = scene.IsDatabase(container)
            ? ($"select array_agg(pid) from pg_stat_activity where {Client}", null)
            : ($"select array_agg(pid) from pg_stat_activity where {Client} and host(client_addr) = any(@it)",
                (object)container.Addresses.Values.ToArray());
        return await DatabaseAccess.AskAsync<int[]>(session, sql, argument, cancellationToken) ?? [];
    }

    /// <summary>How many of them are there.</summary>
    public static Task<long> AliveAsync(
        NpgsqlConnection session, int[] backends, CancellationToken cancellationToken) =>
        DatabaseAccess.AskAsync<long>(
            session, "select count(*) from pg_stat_activity where pid = any(@it)", backends, cancellationToken);

    /// <summary>How many of them do what they were asked.</summary>
    public static Task<long> ActiveAsync(
        NpgsqlConnection session, int[] backends, CancellationToken cancellationToken) => DatabaseAccess.AskAsync<long>(
            session,
            "select count(*) from pg_stat_activity where pid = any(@it) and state = 'active'",
            backends,
            cancellationToken);

    /// <summary>How many of them are within a transaction.</summary>
    public static Task<long> InTransactionAsync(
        NpgsqlConnection session, int[] backends, CancellationToken cancellationToken) => DatabaseAccess.AskAsync<long>(
            session,
            "select count(*) from pg_stat_activity where pid = any(@it) and xact_start is not null",
            backends,
            cancellationToken);
}
