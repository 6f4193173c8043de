using System.Net;
using System.Net.Sockets;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Proxies;

/// <summary>
/// A TCP proxy on this host that can be told at any time what to do with the bytes of each direction. What passes
/// untouched goes through two threads of the connection's own, which costs a round trip less than tasks would.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly ulong _seed;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly HashSet<ProxyConnection> _connections = [];
    private readonly ProxyTally _tally = new();
    private readonly Task _accepting;
    private int _isOver;

    /// <summary>Listens at an address, at a port of the system's choice.</summary>
    public TcpProxy(IPAddress address, IPEndPoint server, ulong seed, TimeProvider clock)
    {
        (_server, _seed, Clock) = (server, seed, clock);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(512);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => _listener.LocalEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);

    /// <summary>From clients to the server.</summary>
    public ProxyBehaviour ToServer { get; set; } = ProxyBehaviour.Plain;

    /// <summary>From the server to clients.</summary>
    public ProxyBehaviour ToClient { get; set; } = ProxyBehaviour.Plain;

    public ProxyCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _tally.Counts(_connections.Count);
            }
        }
    }

    internal TimeProvider Clock { get; }

    internal ProxyTally Tally => _tally;

    /// <summary>Resets every connection that passes through it.</summary>
    public void Reset()
    {
        foreach (var connection in Connections())
        {
            connection.Reset();
        }
    }

    /// <summary>Resets what passes through it, and listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isOver, 1) is 1)
        {
            return;
        }

        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var open = Connections();
        foreach (var connection in open)
        {
            connection.Reset();
        }

        await Task.WhenAll(open.Select(connection => connection.Ended));
        _ending.Dispose();
    }

    /// <summary>Counts an acknowledgement; true when it is the one at which to cut.</summary>
    internal bool IsCutHere()
    {
        lock (_lock)
        {
            var left = ToClient.CutAtCommit;
            ToClient = left > 0 ? ToClient with { CutAtCommit = left - 1 } : ToClient;
            _tally.CountCommit(isCut: left == 1);
            return left == 1;
        }
    }

    internal void Remove(ProxyConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private List<ProxyConnection> Connections()
    {
        lock (_lock)
        {
            return [.. _connections];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var client = await _listener.AcceptAsync(_ending.Token);
            var number = _tally.CountAccepted();
            var connection = new ProxyConnection(this, client, new SeededRandom(_seed + (ulong)number));
            lock (_lock)
            {
                _connections.Add(connection);
            }

            connection.Start(_server);
        }
    }
}
