using Npgsql;
using Seatrial.Wire;

namespace Seatrial.Worker.Dependencies;

/// <summary>Connects and runs the health query.</summary>
internal sealed class DatabaseProbe(
    NpgsqlDataSource database, string target, Func<string> query, TimeProvider time) : IDependencyProbe
{
    public string Kind => DependencyStatus.Database;

    public string Target => target;

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var connected = time.GetElapsedTime(began);
        using var command = new NpgsqlCommand(query(), connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var answered = time.GetElapsedTime(began) - connected;
        return new ProbeAnswer(
            connection.PostgreSqlVersion.ToString(),
            FormattableString.Invariant($"answered in {answered.TotalMilliseconds:F1} ms")
            + FormattableString.Invariant($", connection after {connected.TotalMilliseconds:F1} ms"))
        {
            Connecting = connected,
            Answering = answered,
        };
    }
}
