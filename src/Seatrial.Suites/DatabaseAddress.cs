using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>The way from this program to the database under trial, which no fault touches.</summary>
internal static class DatabaseAddress
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>A connection string: the container's own address where it can be reached, else its published
    /// port.</summary>
    /// <exception cref="SeatrialException">Neither answers.</exception>
    public static async Task<string> FindAsync(
        RunningEnvironment environment, IContainerDriver driver, DatabaseSpec database,
            CancellationToken cancellationToken)
    {
        var container = environment.Containers.First(container => container.Service == database.Service);
        var state = await driver.Containers.InspectAsync(container.Id, cancellationToken);
        var ways = container.Addresses.Values
            .Where(address => address.Length > 0)
            .Select(address => (Host: address, database.Port))
            .ToList();
        if (state?.PublishedPorts.TryGetValue(database.Port, out var published) is true)
        {
            ways.Add(("127.0.0.1", published));
        }

        foreach (var (host, port) in ways)
        {
            if (await AnswersAsync(host, port, cancellationToken))
            {
                return ConnectionString(database, host, port);
            }
        }

        throw new SeatrialException(
            ExitCode.Unavailable,
            $"The database in {container.ShortName} can't be reached from here.",
            string.Join(
                ", ", ways.Select(way => string.Create(CultureInfo.InvariantCulture, $"{way.Host}:{way.Port}"))),
            $"Publish its port in the Compose file (ports: [\"127.0.0.1::{database.Port}\"]), or run on the engine's host.");
    }

    private static string ConnectionString(DatabaseSpec database, string host, int port) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = database.Name,
            Username = database.User,
            Password = database.Password,
            ApplicationName = "seatrial",
        }.ConnectionString;

    private static async Task<bool> AnswersAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, limit.Token);
            return true;
        }
        catch (Exception refused) when (refused is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
