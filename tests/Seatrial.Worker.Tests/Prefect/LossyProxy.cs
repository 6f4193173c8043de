using System.Net;
using System.Net.Sockets;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>
/// Between a client and a server. Either each third answer to a call that changes something is lost with its
/// connection, or the first events are said to be taken and go nowhere.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private int _changes;
    private int _lost;

    private readonly bool _losesAnswers;
    private int _toSwallow;

    /// <param name="server">Where the rest goes.</param>
    /// <param name="swallowed">How many batches of events go nowhere; null when answers are lost instead.</param>
    public LossyProxy(Uri server, int? swallowed = null)
    {
        _server = server;
        _losesAnswers = swallowed is null;
        _toSwallow = swallowed ?? 0;
        _listener.Start();
        Api = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Api { get; }

    /// <summary>Answers or batches so far.</summary>
    public int Lost => _lost;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var near = client;
            using var far = new TcpClient();
            await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            var exchange = new Exchange();
            await Task.WhenAny(AskAsync(near, far, exchange), AnswerAsync(far, near, exchange));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // Either side is gone.
        }
    }

    private async Task AskAsync(TcpClient near, TcpClient far, Exchange exchange)
    {
        var buffer = new byte[65_536];
        int read;
        while ((read = await near.GetStream().ReadAsync(buffer, _stop.Token)) > 0)
        {
            // A request begins a packet: the client writes its head at once, after the last answer.
            if (buffer.AsSpan(0, read).StartsWith("POST /api/events "u8) && Interlocked.Decrement(ref _toSwallow) >= 0)
            {
                await SwallowAsync(near, buffer, read);
                return;
            }

            if (_losesAnswers && IsChange(buffer.AsSpan(0, read)))
            {
                exchange.IsToBeLost = Interlocked.Increment(ref _changes) % 3 == 0;
            }

            await far.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private static bool IsChange(ReadOnlySpan<byte> request) =>
        request.StartsWith("POST "u8) || request.StartsWith("PATCH "u8);

    private async Task SwallowAsync(TcpClient near, byte[] buffer, int read)
    {
        while (!buffer.AsSpan(0, read).EndsWith("\r\n0\r\n\r\n"u8))
        {
            read += await near.GetStream().ReadAsync(buffer.AsMemory(read), _stop.Token);
        }

        Interlocked.Increment(ref _lost);
        await near.GetStream().WriteAsync(
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
    }

    private async Task AnswerAsync(TcpClient far, TcpClient near, Exchange exchange)
    {
        var buffer = new byte[65_536];
        int read;
        while ((read = await far.GetStream().ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (exchange.IsToBeLost)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            await near.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private sealed class Exchange
    {
        public volatile bool IsToBeLost;
    }
}
