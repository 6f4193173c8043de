using Npgsql;

namespace Seatrial.Engine.Histories;

/// <summary>A session without a pool: one that a fault has cut must not come back, nor be dead and not know
/// it.</summary>
internal static class DirectSession
{
    /// <param name="connectionString">Of the database.</param>
    /// <param name="name">How this program calls itself there.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<NpgsqlConnection> OpenAsync(
        string connectionString, string name, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            ApplicationName = name,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
