using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Seatrial.Engine.Proxies;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Proxies;

public sealed class TcpProxyTests : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpProxy _proxy;

    // Sockets that nobody holds are reset by their finalizer.
    private readonly List<Socket> _sockets = [];

    public TcpProxyTests()
    {
        _listener.Start();
        _proxy = new TcpProxy(
            IPAddress.Loopback, (IPEndPoint)_listener.LocalEndpoint, seed: 1, TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_byte_passes_in_order_and_the_end_too()
    {
        var (client, server) = await ConnectAsync();
        var sent = RandomNumberGenerator.GetBytes(5_000_000);

        var received = ReadAllAsync(server);
        await client.SendAsync(sent, Token);
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal(sent, await received);
        Assert.Equal(5_000_000, _proxy.Counts.BytesIn);
        await server.SendAsync(new byte[] { 1, 2, 3 }, Token);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal([1, 2, 3], await ReadAllAsync(client));
    }

    [Fact]
    public async Task Late_and_sliced_bytes_are_the_same_in_the_same_order()
    {
        var (client, server) = await ConnectAsync();
        var sent = RandomNumberGenerator.GetBytes(20_000);
        _proxy.ToServer = new ProxyBehaviour
        {
            Latency = TimeSpan.FromMilliseconds(5),
            Jitter = TimeSpan.FromMilliseconds(20),
            Slice = 999,
        };

        var received = ReadAllAsync(server);
        foreach (var part in sent.Chunk(1500))
        {
            await client.SendAsync(part, Token);
        }

        while (_proxy.Counts.Delayed == 0)
        {
            await Task.Yield();
        }

        // What waits already goes before what may go on at once.
        _proxy.ToServer = ProxyBehaviour.Plain;
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal(sent, await received);
    }

    [Fact]
    public async Task A_piece_is_late_by_the_latency()
    {
        var (client, server) = await ConnectAsync();
        _proxy.ToServer = new ProxyBehaviour { Latency = TimeSpan.FromMilliseconds(150) };
        var began = Stopwatch.GetTimestamp();

        await client.SendAsync(new byte[10], Token);
        await server.ReceiveAsync(new byte[10], Token);

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 140, 5000);
    }

    [Fact]
    public async Task A_rate_is_kept()
    {
        var (client, server) = await ConnectAsync();
        _proxy.ToServer = new ProxyBehaviour { Rate = 100_000 };
        var began = Stopwatch.GetTimestamp();

        await client.SendAsync(new byte[50_000], Token);
        client.Shutdown(SocketShutdown.Send);
        await ReadAllAsync(server);

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0.45, 10);
    }

    [Fact]
    public async Task What_is_stopped_stays_open_and_goes_on()
    {
        var (client, server) = await ConnectAsync();
        _proxy.ToServer = new ProxyBehaviour { Stopped = true };
        await client.SendAsync(new byte[] { 7 }, Token);
        while (_proxy.Counts.Held == 0)
        {
            await Task.Yield();
        }

        Assert.Equal((1, 0), (_proxy.Counts.Open, server.Available));
        _proxy.ToServer = ProxyBehaviour.Plain;

        var buffer = new byte[1];
        Assert.Equal(1, await server.ReceiveAsync(buffer, Token));
        Assert.Equal(7, buffer[0]);
    }

    [Fact]
    public async Task A_reset_reaches_both_sides()
    {
        var (client, server) = await ConnectAsync();

        _proxy.Reset();

        await AssertResetAsync(client);
        await AssertResetAsync(server);
        while (_proxy.Counts.Open > 0)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task At_its_end_nothing_listens_and_nothing_is_open()
    {
        var (client, server) = await ConnectAsync();
        _proxy.ToClient = new ProxyBehaviour { Stopped = true };
        await server.SendAsync(new byte[100], Token);

        await _proxy.DisposeAsync();

        await AssertResetAsync(client);
        await AssertResetAsync(server);
        using var late = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(
            () => late.ConnectAsync(IPAddress.Loopback, Port(client), Token).AsTask());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public async Task What_was_committed_is_there_though_its_client_never_heard_of_it(bool explicitly, int number)
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        var server = new IPEndPoint(IPAddress.Parse(address.Host ?? ""), address.Port);
        await using var proxy = new TcpProxy(IPAddress.Loopback, server, seed: 1, TimeProvider.System);
        await using var direct = new NpgsqlConnection(address.ConnectionString);
        await direct.OpenAsync(Token);
        await ExecuteAsync(direct, "create table t (a int)");
        var through = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = proxy.Address.Port,
        };
        await using var connection = new NpgsqlConnection(through.ConnectionString);
        await connection.OpenAsync(Token);
        proxy.ToClient = new ProxyBehaviour { CutAtCommit = number };

        for (var i = 1; i < number; i++)
        {
            await WriteAsync(connection, i, explicitly);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => WriteAsync(connection, number, explicitly));
        await using var count = new NpgsqlCommand("select count(*) from t", direct);
        Assert.Equal((long)number, await count.ExecuteScalarAsync(Token));
        Assert.Equal(1, proxy.Counts.Cuts);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _listener.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
    }

    private static async Task WriteAsync(NpgsqlConnection connection, int value, bool explicitly)
    {
        if (!explicitly)
        {
            // As a worker does it: what writes is hidden behind what is selected.
            await using var command = new NpgsqlCommand(
                "with done as (insert into t values ($1) returning a) select a from done", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            await command.ExecuteScalarAsync(Token);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(Token);
        await ExecuteAsync(connection, $"insert into t values ({value})");
        await transaction.CommitAsync(Token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static int Port(Socket client) => ((IPEndPoint?)client.RemoteEndPoint)?.Port ?? 1;

    private static async Task AssertResetAsync(Socket socket)
    {
        var broken = await Assert.ThrowsAsync<SocketException>(
            async () => await socket.ReceiveAsync(new byte[1], Token).AsTask());
        Assert.Equal(SocketError.ConnectionReset, broken.SocketErrorCode);
    }

    private static async Task<byte[]> ReadAllAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, Token) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var accepting = _listener.AcceptSocketAsync(Token);
        await client.ConnectAsync(_proxy.Address, Token);
        var server = await accepting;
        _sockets.AddRange([client, server]);
        return (client, server);
    }
}
