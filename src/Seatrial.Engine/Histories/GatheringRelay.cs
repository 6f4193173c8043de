using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Seatrial.Engine.Histories;

/// <summary>
/// A way to the database on which its packets come together. It sends each change in a packet of its own, and the
/// runtime wakes up for each, which costs several times what reading it does. This waits on threads of its own, which
/// let what arrives gather for a moment, and hands it on in one piece.
/// </summary>
/// <param name="database">Where it listens.</param>
/// <param name="gatherFor">How long to wait; asked each time.</param>
internal sealed class GatheringRelay(EndPoint database, Func<TimeSpan> gatherFor) : IAsyncDisposable
{
    private const int Most = 1 << 18;

    /// <summary>A Unix socket holds some 270 small packets, and its sender waits for room.</summary>
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(3);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private Task _accepting = Task.CompletedTask;

    /// <summary>Begins to listen on the loopback; returns the port.</summary>
    public int Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        return ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        List<Socket> open;
        lock (_lock)
        {
            open = [.. _open];
        }

        open.ForEach(Close);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                Keep(near);
                Run(() => Connect(near));
            }
        }
        catch (Exception over)
            when (over is OperationCanceledException or SocketException or ObjectDisposedException
                or InvalidOperationException)
        {
            // It is disposed of.
        }
    }

    /// <summary>Whoever can't be connected is cut off, and tries again.</summary>
    private void Connect(Socket near)
    {
        var far = database.AddressFamily is AddressFamily.Unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        Keep(far);
        Pumping(near, far, () =>
        {
            far.Connect(database);
            Run(() => Pumping(near, far, () => Pump(near, far, () => TimeSpan.Zero)));
            Pump(far, near, gatherFor);
        });
    }

    private void Pump(Socket from, Socket to, Func<TimeSpan> pause)
    {
        var buffer = new byte[Most];
        while (from.Receive(buffer) is var length and > 0)
        {
            Send(to, buffer.AsSpan(0, length));
            while (Gather(from, buffer, pause()) is var gathered and > 0)
            {
                Send(to, buffer.AsSpan(0, gathered));
            }
        }
    }

    /// <summary>What arrives in a while, up to a buffer full; 0 for nothing.</summary>
    private int Gather(Socket from, byte[] buffer, TimeSpan pause)
    {
        var length = 0;
        var began = Stopwatch.GetTimestamp();
        while (length < Most && Stopwatch.GetElapsedTime(began) is var waited && waited < pause)
        {
            var left = pause - waited;
            if (_stop.Token.WaitHandle.WaitOne(left < _step ? left : _step))
            {
                break;
            }

            if (from.Available > 0)
            {
                length += from.Receive(buffer.AsSpan(length));
            }
        }

        return length;
    }

    private static void Send(Socket to, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[to.Send(bytes)..];
        }
    }

    /// <summary>When one direction ends, so does the other.</summary>
    private void Pumping(Socket near, Socket far, Action pump)
    {
        try
        {
            pump();
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
        finally
        {
            Close(near);
            Close(far);
        }
    }

    private static void Run(Action work) =>
        new Thread(() => work()) { IsBackground = true, Name = "log relay" }.Start();

    private void Keep(Socket socket)
    {
        lock (_lock)
        {
            _open.Add(socket);
        }
    }

    private void Close(Socket socket)
    {
        lock (_lock)
        {
            if (!_open.Remove(socket))
            {
                return;
            }
        }

        try
        {
            // Who waits on it wakes up.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // It was never connected, or is no more.
        }

        socket.Dispose();
    }
}
