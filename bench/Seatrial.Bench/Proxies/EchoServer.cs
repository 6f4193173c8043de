using System.Net;
using System.Net.Sockets;

namespace Seatrial.Bench.Proxies;

/// <summary>Answers with what it gets, or swallows it and says so at the end: the first byte tells which.</summary>
internal sealed class EchoServer : IDisposable
{
    public const byte Answer = 1;
    public const byte Swallow = 2;

    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);

    public EchoServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Start(Accept);
    }

    public IPEndPoint Address => (IPEndPoint)(_listener.LocalEndPoint ?? throw new InvalidOperationException());

    public void Dispose() => _listener.Dispose();

    private static void Start(Action body) => new Thread(() => body()) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.Accept();
                client.NoDelay = true;
                Start(() => Serve(client));
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private static void Serve(Socket client)
    {
        using (client)
        {
            var (buffer, first) = (new byte[256 * 1024], new byte[1]);
            client.Receive(first);
            while (client.Receive(buffer) is > 0 and var count)
            {
                if (first[0] == Answer)
                {
                    client.Send(buffer.AsSpan(0, count));
                }
            }

            client.Send(first);
        }
    }
}
