using Npgsql;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>The way from this program to the database under trial, which no fault touches.</summary>
internal static class DatabaseAddress
{
    /// <summary>A connection string.</summary>
    /// <exception cref="SeatrialException">The database can't be reached.</exception>
    public static async Task<string> FindAsync(
        RunningEnvironment environment, IContainerDriver driver, DatabaseSpec database,
            CancellationToken cancellationToken)
    {
        var (host, port) = await ServiceAddress.FindAsync(
            environment, driver, new ServiceEndpoint(database.Service, database.Port), cancellationToken);
        return new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = database.Name,
            Username = database.User,
            Password = database.Password,
            ApplicationName = "seatrial",
        }.ConnectionString;
    }
}
