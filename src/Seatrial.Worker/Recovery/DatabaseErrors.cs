using System.Net.Sockets;
using Npgsql;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Recovery;

/// <summary>Which errors of a database pass by themselves.</summary>
internal static class DatabaseErrors
{
    // idle_in_transaction_session_timeout
    private const string IdleInTransaction = "25P03";

    /// <summary>From the database or from the way to it, as opposed to a bug of ours or of a handler.</summary>
    public static bool IsFromDatabase(Exception error) =>
        error is NpgsqlException or SocketException or TimeoutException or IOException;

    /// <summary>Whether the dependency as a whole can't be used, as opposed to one statement.</summary>
    public static bool IsAway(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState } => true,
        PostgresException postgres => postgres.SqlState[..2] is "08" or "28" or "53" or "57" or "58",
        PrefectException prefect => prefect.Fault is PrefectFault.Later or PrefectFault.Unauthorised,
        _ => IsFromDatabase(error) || error is HttpRequestException,
    };

    /// <summary>
    /// Whether the same statement may succeed later: the server is away, starting, stopping or out of something, ended
    /// the session of a worker that was frozen, or the transaction lost against another. The rest is in the data or in
    /// the statement.
    /// </summary>
    public static bool IsTransient(Exception error) => error switch
    {
        PostgresException { SqlState: IdleInTransaction } => true,
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58" or "28",
        _ => IsFromDatabase(error),
    };
}
