using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>The way to a database, which a test can cut, silence, slow down or hold at a message.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private static readonly byte[] _readyForQuery = [.. "Z\0\0\0\u0005I"u8];

    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private TaskCompletionSource _open = Done();
    private volatile bool _isCut;
    private int _withholdsEnd;
    private Hold? _hold;
    private long _latency;

    public Wire(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString =
            new NpgsqlConnectionStringBuilder(server) { Host = "127.0.0.1", Port = port }.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Of each packet, either way.</summary>
    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latency));
        set => Interlocked.Exchange(ref _latency, value.Ticks);
    }

    /// <summary>Every connection breaks, and so does each new one.</summary>
    public void Cut()
    {
        _isCut = true;
        lock (_gate)
        {
            _sockets.ForEach(socket => socket.Close(0));
            _sockets.Clear();
        }
    }

    /// <summary>Nothing comes through, either way, and nobody says so.</summary>
    public void Silence() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next answer comes but for its end, by which the server says that it has committed; then there is
    /// silence on its connection.</summary>
    public void WithholdEnd() => Interlocked.Exchange(ref _withholdsEnd, 1);

    public void Restore()
    {
        _isCut = false;
        Latency = TimeSpan.Zero;
        _open.TrySetResult();
    }

    /// <summary>
    /// From the first message with this text on its connection is held: that message, or (<paramref name="answer"/>)
    /// what the server says to it. Returns when it has come.
    /// </summary>
    public async Task HoldAtAsync(string text, bool answer)
    {
        var hold = new Hold(Encoding.UTF8.GetBytes(text), answer);
        Volatile.Write(ref _hold, hold);
        await hold.Come.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            lock (_gate)
            {
                _sockets.AddRange([near, far]);
            }

            if (_isCut)
            {
                return;
            }

            await far.ConnectAsync(_server.Host ?? "", _server.Port, _stop.Token);
            var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            await await Task.WhenAny(PumpAsync(near, far, held, isAnswer: false), PumpAsync(far, near, held, true));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side is gone, or the wire is.
        }
        finally
        {
            near.Close(0);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, TaskCompletionSource<bool> held, bool isAnswer)
    {
        var buffer = new byte[65_536];
        int read;
        while ((read = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
        {
            await Volatile.Read(ref _open).Task.WaitAsync(_stop.Token);
            if (Latency > TimeSpan.Zero)
            {
                await Task.Delay(Latency, TimeProvider.System, _stop.Token);
            }

            if (!isAnswer && Volatile.Read(ref _hold) is { } hold
                && buffer.AsSpan(0, read).IndexOf(hold.Text) >= 0 && hold.Come.TrySetResult())
            {
                held.TrySetResult(hold.Answer);
            }

            if (held.Task is { IsCompletedSuccessfully: true, Result: var holdsAnswers } && holdsAnswers == isAnswer)
            {
                // Until either side is gone; the peer's end has to be seen meanwhile.
                await UntilGoneAsync(from);
                return;
            }

            if (isAnswer && buffer.AsSpan(0, read).EndsWith(_readyForQuery)
                && Interlocked.Exchange(ref _withholdsEnd, 0) == 1)
            {
                await to.SendAsync(buffer.AsMemory(0, read - _readyForQuery.Length), _stop.Token);
                await UntilGoneAsync(from);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task UntilGoneAsync(Socket socket)
    {
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, _stop.Token) > 0)
        {
            // What comes behind is held too.
        }
    }

    private sealed record Hold(byte[] Text, bool Answer)
    {
        public TaskCompletionSource Come { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
