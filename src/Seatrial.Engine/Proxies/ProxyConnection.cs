using System.Net;
using System.Net.Sockets;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Proxies;

/// <summary>One client's connection and the one to the server that belongs to it.</summary>
internal sealed class ProxyConnection(TcpProxy proxy, Socket client, SeededRandom chance) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly WriteScanner _writes = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _broken = new();
    private int _open = 2;

    /// <summary>Once both directions are over.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Connects and passes on, on threads of its own.</summary>
    public void Start(IPEndPoint server)
    {
        var toServer = new ProxyDirection(
            proxy, client, _server, isToServer: true, LineTo(_server, () => proxy.ToServer));
        var toClient = new ProxyDirection(
            proxy, _server, client, isToServer: false, LineTo(client, () => proxy.ToClient));
        var commits = new CommitScanner(_writes);
        RunThread(() =>
        {
            client.NoDelay = true;
            _server.NoDelay = true;
            try
            {
                _server.Connect(server);
            }
            catch (SocketException)
            {
                Reset();
                End();
                End();
                return;
            }

            RunThread(() => Run(toClient, piece => Commits(commits, piece)));
            Run(toServer, piece =>
            {
                _writes.Read(piece.Span);
                return piece.Length;
            });
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _broken.Dispose();
    }

    /// <summary>Both sides learn that the connection broke, and nothing more of what was said.</summary>
    public void Reset()
    {
        try
        {
            _broken.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }

        Reset(client);
        Reset(_server);
    }

    private DelayLine LineTo(Socket to, Func<ProxyBehaviour> behaviour) =>
        new(proxy, to, behaviour, new SeededRandom(chance.NextBits()), _broken.Token);

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }

        socket.Dispose();
    }

    private static void RunThread(Action body) => new Thread(() => body()) { IsBackground = true }.Start();

    private void Run(ProxyDirection direction, Func<ReadOnlyMemory<byte>, int> inspect)
    {
        try
        {
            direction.Run(inspect);
        }
        catch (Exception broken)
            when (broken is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // What broke on one side breaks on the other.
            Reset();
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            proxy.Remove(this);
            Dispose();
            _ended.TrySetResult();
        }
    }

    /// <summary>How much of a piece may be passed on; less than all of it where the connection is cut.</summary>
    private int Commits(CommitScanner commits, ReadOnlyMemory<byte> piece)
    {
        var at = 0;
        while (commits.Read(piece.Span, ref at) is >= 0 and var began)
        {
            if (proxy.IsCutHere())
            {
                return began;
            }
        }

        return piece.Length;
    }
}
