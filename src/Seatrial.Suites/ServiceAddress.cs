using System.Globalization;
using System.Net.Sockets;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>The way from this program to a port of a service: a container's own address, else its published
/// port.</summary>
internal static class ServiceAddress
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <exception cref="SeatrialException">Nothing answers.</exception>
    public static async Task<(string Host, int Port)> FindAsync(
        RunningEnvironment environment, IContainerDriver driver, ServiceEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        var container = environment.Containers.First(container => container.Service == endpoint.Service);
        var state = await driver.Containers.InspectAsync(container.Id, cancellationToken);
        var ways = container.Addresses.Values
            .Where(address => address.Length > 0)
            .Select(address => (Host: address, endpoint.Port))
            .ToList();
        if (state?.PublishedPorts.TryGetValue(endpoint.Port, out var published) is true)
        {
            ways.Add(("127.0.0.1", published));
        }

        foreach (var (host, port) in ways)
        {
            if (await AnswersAsync(host, port, cancellationToken))
            {
                return (host, port);
            }
        }

        throw new SeatrialException(
            ExitCode.Unavailable,
            $"Port {endpoint.Port} of {container.ShortName} can't be reached from here.",
            string.Join(
                ", ", ways.Select(way => string.Create(CultureInfo.InvariantCulture, $"{way.Host}:{way.Port}"))),
            $"Publish its port in the Compose file (ports: [\"127.0.0.1::{endpoint.Port}\"]), "
                + "or run on the engine's host.");
    }

    /// <summary>For requests to a port of a service; whoever gets it disposes of it.</summary>
    /// <exception cref="SeatrialException">Nothing answers.</exception>
    public static async Task<HttpClient> ClientAsync(
        RunningEnvironment environment, IContainerDriver driver, ServiceEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        var (host, port) = await FindAsync(environment, driver, endpoint, cancellationToken);
        return new HttpClient
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/")),
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

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
