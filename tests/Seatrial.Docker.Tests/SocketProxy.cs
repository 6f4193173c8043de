using System.Net.Sockets;

namespace Seatrial.Docker.Tests;

/// <summary>A socket in front of the engine's, whose connections can be cut, and which can be silent.</summary>
internal sealed class SocketProxy : IAsyncDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"seatrial-{Guid.NewGuid():N}.sock");
    private readonly string? _target;
    private readonly Socket _listener = New();
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _tasks = [];

    /// <summary><paramref name="target"/> null: connections are taken, and nothing is ever said.</summary>
    public SocketProxy(string? target)
    {
        _target = target;
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
        _tasks.Add(AcceptAsync());
    }

    /// <summary>For <c>DOCKER_HOST</c>.</summary>
    public string Address => $"unix://{_path}";

    /// <summary>Breaks every connection of now.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Breaks every connection of now, and takes no more.</summary>
    public void Vanish()
    {
        _listener.Dispose();
        Cut();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _tasks[0];
        Cut();
        await Task.WhenAll(_tasks);
        File.Delete(_path);
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                lock (_lock)
                {
                    _open.Add(client);
                }

                if (_target is not null)
                {
                    await JoinAsync(client, _target);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task JoinAsync(Socket client, string target)
    {
        var server = New();
        await server.ConnectAsync(new UnixDomainSocketEndPoint(target));
        lock (_lock)
        {
            _open.Add(server);
            _tasks.Add(CopyAsync(client, server));
            _tasks.Add(CopyAsync(server, client));
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 14];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
