using System.Net;
using System.Net.Sockets;

namespace Seatrial.Worker.Tests.Dependencies;

/// <summary>A port on which something answers every connection with the same bytes, or is silent.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Task _serving;

    /// <summary>Silent when <paramref name="answer"/> is null.</summary>
    public TestServer(Func<byte[]?> answer)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync(answer);
    }

    public int Port { get; }

    public static TestServer Silent() => new(() => null);

    /// <summary>An HTTP server that answers with the status of now.</summary>
    public static TestServer Http(Func<int> status) => new(() => System.Text.Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status()} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _clients.ForEach(client => client.Dispose());
        _over.Dispose();
    }

    private async Task ServeAsync(Func<byte[]?> answer)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                _clients.Add(client);
                if (answer() is { } bytes)
                {
                    var request = new byte[4096];
                    _ = await client.GetStream().ReadAsync(request, _over.Token);
                    await client.GetStream().WriteAsync(bytes, _over.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException
            or InvalidOperationException)
        {
            // The test is over, perhaps between two clients, or the client left.
        }
    }
}
