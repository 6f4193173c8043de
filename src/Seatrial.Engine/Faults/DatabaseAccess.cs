using Npgsql;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Faults;

/// <summary>The way to the database under trial that no fault touches, for faults that are made there.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Port">Its port in the container.</param>
/// <param name="ConnectionString">Of an administrator.</param>
public sealed record DatabaseAccess(string Service, int Port, string ConnectionString)
{
    /// <summary>How this program calls itself there.</summary>
    internal const string Name = "seatrial-faults";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A session of its own; a server that does not answer soon is taken for one that is down.</summary>
    internal Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => DirectSession.OpenAsync(
        new NpgsqlConnectionStringBuilder(ConnectionString) { Timeout = 5 }.ConnectionString, Name, cancellationToken);

    /// <summary>Once it answers.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await OpenAsync(cancellationToken);
            }
            catch (Exception down) when (down is NpgsqlException or TimeoutException or IOException)
            {
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    /// <summary>One value.</summary>
    internal static async Task<T?> AskAsync<T>(
        NpgsqlConnection connection, string sql, object? argument, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (argument is not null)
        {
            command.Parameters.AddWithValue("it", argument);
        }

        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }
}
