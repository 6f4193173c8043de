using System.Net;
using System.Net.Sockets;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

public sealed class GatheringRelayTests
{
    private const int Packet = 97;
    private const int Packets = 20_000;

    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_sent_in_small_packets_arrives_as_it_is_and_then_the_end(bool isUnix)
    {
        var folder = Directory.CreateTempSubdirectory("relay");
        using var server = Listen(isUnix, folder);
        await using var relay = new GatheringRelay(server.LocalEndPoint!, () => _moment);
        using var near = await ConnectAsync(relay);
        var sent = Bytes(Packet * Packets);
        using (var far = await server.AcceptAsync(Token))
        {
            var asked = new byte[4];
            await near.SendAsync(new byte[] { 1, 2, 3, 4 }, Token);
            await using (var stream = new NetworkStream(far))
            {
                await stream.ReadExactlyAsync(asked, Token);
            }

            Assert.Equal([1, 2, 3, 4], asked);
            await Task.Run(
                () =>
                {
                    foreach (var packet in sent.Chunk(Packet))
                    {
                        far.Send(packet);
                    }
                },
                Token);
        }

        using var received = new MemoryStream();
        await using var arriving = new NetworkStream(near);
        await arriving.CopyToAsync(received, Token);

        Assert.True(sent.AsSpan().SequenceEqual(received.ToArray()));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Whoever_can_not_be_connected_is_cut_off()
    {
        var folder = Directory.CreateTempSubdirectory("relay");
        var nowhere = new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "gone"));
        await using var relay = new GatheringRelay(nowhere, () => _moment);
        using var near = await ConnectAsync(relay);

        Assert.Equal(0, await near.ReceiveAsync(new byte[1], Token));
        folder.Delete(recursive: true);
    }

    private static async Task<Socket> ConnectAsync(GatheringRelay relay)
    {
        var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(IPAddress.Loopback, relay.Start(), Token);
        return near;
    }

    private static Socket Listen(bool isUnix, DirectoryInfo folder)
    {
        var server = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(
            isUnix ? new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "server"))
                : new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        return server;
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
