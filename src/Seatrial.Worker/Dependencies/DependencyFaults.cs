using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Seatrial.Wire;

namespace Seatrial.Worker.Dependencies;

/// <summary>
/// Tells causes apart, so that the message names the place where it is mended instead of a stack trace.
/// </summary>
internal static class DependencyFaults
{
    /// <summary>What an error on the way to <paramref name="target"/> means.</summary>
    public static DependencyFault Of(Exception error, string target) =>
        OfOne(error, target)
        ?? (error.InnerException is { } inner ? Of(inner, target) : new DependencyFault(
            DependencyCauses.Broken, $"The connection to {target} broke: {error.Message}",
            $"look at the logs of {target}."));

    private static DependencyFault? OfOne(Exception error, string target) => error switch
    {
        ServiceAnswerException answer => new DependencyFault(
            DependencyCauses.Unhealthy, answer.Message, $"look at the logs of {target}, or correct HEALTH_ENDPOINT."),
        PostgresException postgres => OfServer(postgres, target),
        SocketException socket => OfSocket(socket.SocketErrorCode, target),
        AuthenticationException => Tls(error.Message, target),
        NpgsqlException when error.Message.Contains("SSL", StringComparison.Ordinal) => Tls(error.Message, target),
        TimeoutException or OperationCanceledException => Late(target),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NoName(target),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: null } =>
            Tls(error.Message, target),
        _ => null,
    };

    private static DependencyFault OfServer(PostgresException error, string target)
    {
        var said = error.MessageText;
        return error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword => new DependencyFault(
                DependencyCauses.Authentication, $"{target} refused the user or the password: {said}.",
                "correct the password, or the file that holds it."),
            PostgresErrorCodes.InvalidAuthorizationSpecification => new DependencyFault(
                DependencyCauses.Authentication, $"{target} refused the user: {said}.",
                "correct the user, or allow it and this host in pg_hba.conf."),
            PostgresErrorCodes.InvalidCatalogName => new DependencyFault(
                DependencyCauses.DatabaseMissing, $"{target} has no such database: {said}.",
                "create the database, or correct its name in the connection string."),
            PostgresErrorCodes.InsufficientPrivilege => new DependencyFault(
                DependencyCauses.Permission, $"{target} does not permit it: {said}.",
                "grant what is missing to the user of the connection string."),
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
                new DependencyFault(
                    DependencyCauses.OutOfConnections, $"{target} has no connection left: {said}.",
                    "lower CONNECTION_POOL_SIZE or the number of workers, or raise max_connections."),
            PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.ObjectNotInPrerequisiteState =>
                new DependencyFault(
                    DependencyCauses.StartingUp, $"{target} takes no connections at the moment: {said}.",
                    "wait until it has started, or look at its logs."),
            _ => new DependencyFault(
                DependencyCauses.Unhealthy, $"{target} answered with error {error.SqlState}: {said}.",
                "run the health query by hand, and correct it or the database."),
        };
    }

    private static DependencyFault OfSocket(SocketError error, string target) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery =>
            NoName(target),
        SocketError.ConnectionRefused => new DependencyFault(
            DependencyCauses.Refused, $"Nothing listens at {target}.", "start it, or correct host and port."),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown
            or SocketError.NetworkDown or SocketError.AddressNotAvailable => new DependencyFault(
                DependencyCauses.Unreachable, $"There is no way to {target}.",
                "put both into one network, and look at its rules."),
        SocketError.TimedOut => Late(target),
        _ => new DependencyFault(
            DependencyCauses.Broken, $"The connection to {target} broke ({error}).", $"look at the logs of {target}."),
    };

    private static DependencyFault NoName(string target) => new(
        DependencyCauses.Name, $"The name in {target} does not resolve.",
        "correct the host, or put both into one network.");

    private static DependencyFault Late(string target) => new(
        DependencyCauses.Timeout, $"{target} did not answer in time.",
        "look whether it is overloaded or a firewall drops packets, or raise the timeout.");

    private static DependencyFault Tls(string said, string target) => new(
        DependencyCauses.Tls, $"No secure connection to {target}: {said}",
        "correct SSL Mode and certificates on both sides.");
}
