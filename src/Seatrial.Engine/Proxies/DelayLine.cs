using System.Net.Sockets;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Proxies;

/// <summary>
/// Pieces of one direction that have to wait, in order. Whoever adds to a full line waits too, as a sender waits for a
/// network.
/// </summary>
internal sealed class DelayLine(
    TcpProxy proxy, Socket to, Func<ProxyBehaviour> behaviour, SeededRandom chance, CancellationToken broken)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int PiecesASecond = 50;
    private const int LeastPiece = 256;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private readonly object _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _bytes;
    private int _sending;
    private bool _isRunning;
    private long _lastDue;

    /// <summary>Whether nothing waits, and nothing is on its way.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return !_isRunning;
            }
        }
    }

    /// <summary>Puts a piece at the end, when there is room.</summary>
    /// <exception cref="OperationCanceledException">The connection is broken.</exception>
    public void Add(byte[] piece)
    {
        WaitWhile(() => _bytes > MostBytes);
        var now = behaviour();
        if (now.Stopped)
        {
            proxy.Tally.CountHeld(piece.Length);
        }

        lock (_lock)
        {
            _lastDue = Math.Max(_lastDue, proxy.Clock.GetTimestamp() + Ticks(now.Latency + JitterOf(now)));
            _waiting.Enqueue(new Waiting(_lastDue, piece));
            _bytes += piece.Length;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(SendAllAsync, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until nothing is left.</summary>
    public void Drain()
    {
        WaitWhile(() => _isRunning);
    }

    private void WaitWhile(Func<bool> isSo)
    {
        lock (_lock)
        {
            while (isSo() && !broken.IsCancellationRequested)
            {
                // A broken connection wakes nobody.
                Monitor.Wait(_lock, _patience);
            }
        }

        broken.ThrowIfCancellationRequested();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (Next() is { } piece)
            {
                await UntilAsync(piece.Due);
                await SendAsync(piece.Bytes);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The threads of the connection see the same, and end it.
            to.Dispose();
        }
    }

    private Waiting? Next()
    {
        lock (_lock)
        {
            _bytes -= _sending;
            _sending = 0;
            Monitor.PulseAll(_lock);
            if (_waiting.TryDequeue(out var piece))
            {
                _sending = piece.Bytes.Length;
                return piece;
            }

            _isRunning = false;
            return null;
        }
    }

    private async Task UntilAsync(long due)
    {
        var left = proxy.Clock.GetElapsedTime(proxy.Clock.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            proxy.Tally.CountDelayed();
            await Task.Delay(left, proxy.Clock, broken);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> piece)
    {
        while (piece.Length > 0)
        {
            var now = behaviour();
            if (now.Stopped)
            {
                await Task.Delay(_look, proxy.Clock, broken);
                continue;
            }

            var most = Math.Min(
                now.Slice ?? piece.Length,
                now.Rate is { } rate ? Math.Max(LeastPiece, (int)(rate / PiecesASecond)) : piece.Length);
            var part = piece[..Math.Min(most, piece.Length)];
            var rest = piece[part.Length..];
            while (part.Length > 0)
            {
                part = part[await to.SendAsync(part, broken)..];
            }

            var gap = GapAfter(piece.Length - rest.Length, now, rest.Length > 0);
            piece = rest;
            if (gap > TimeSpan.Zero)
            {
                proxy.Tally.CountDelayed();
                await Task.Delay(gap, proxy.Clock, broken);
            }
        }
    }

    private static TimeSpan GapAfter(int sent, ProxyBehaviour now, bool hasMore)
    {
        var byRate = now.Rate is { } rate ? TimeSpan.FromSeconds(sent / rate) : TimeSpan.Zero;
        var bySlice = now.Slice is not null && hasMore ? now.SliceGap : TimeSpan.Zero;
        return byRate > bySlice ? byRate : bySlice;
    }

    private TimeSpan JitterOf(ProxyBehaviour now) => now.Jitter > TimeSpan.Zero
        ? now.Jitter * (chance.NextBits() / (double)ulong.MaxValue) : TimeSpan.Zero;

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * proxy.Clock.TimestampFrequency);

    private sealed record Waiting(long Due, byte[] Bytes);
}
