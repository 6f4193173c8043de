using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Seatrial.Engine.Proxies;

namespace Seatrial.Bench.Proxies;

/// <summary>
/// What the proxy costs while it does nothing: a round trip of 64 bytes, and how fast bytes pass, each beside a
/// connection without it, in turn.
/// </summary>
internal static class ProxyBenchmark
{
    private const int Rounds = 5;
    private const int RoundTrips = 20_000;
    private const long Bytes = 2_000_000_000;

    public static async Task RunAsync()
    {
        using var echo = new EchoServer();
        await using var proxy = new TcpProxy(IPAddress.Loopback, echo.Address, seed: 1, TimeProvider.System);
        var (direct, through, added, rates, bare) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var one = RoundTrip(echo.Address);
            var other = RoundTrip(proxy.Address);
            var (rate, bareRate) = (Rate(proxy.Address), Rate(echo.Address));
            if (round > 0)
            {
                direct.Add(one);
                through.Add(other);
                added.Add(other - one);
                rates.Add(rate);
                bare.Add(bareRate);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"median of {Rounds} rounds of {RoundTrips:N0} round trips and {Bytes / 1e9:0} GB"));
        Console.WriteLine($"  median round trip, direct   {Medians.Describe(direct, "F1")} µs");
        Console.WriteLine($"  median round trip, through  {Medians.Describe(through, "F1")} µs");
        Console.WriteLine($"  added                       {Medians.Describe(added, "F1")} µs");
        Console.WriteLine($"  passed on                   {Medians.Describe(rates)} MB/s");
        Console.WriteLine($"  without it                  {Medians.Describe(bare)} MB/s");
    }

    private static double RoundTrip(IPEndPoint address)
    {
        using var socket = Connect(address, EchoServer.Answer);
        var (buffer, times) = (new byte[64], new double[RoundTrips]);
        for (var i = 0; i < RoundTrips; i++)
        {
            var began = Stopwatch.GetTimestamp();
            socket.Send(buffer);
            for (var got = 0; got < buffer.Length;)
            {
                got += socket.Receive(buffer.AsSpan(got));
            }

            times[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        return Medians.Of(times);
    }

    private static double Rate(IPEndPoint address)
    {
        using var socket = Connect(address, EchoServer.Swallow);
        var buffer = new byte[256 * 1024];
        var began = Stopwatch.GetTimestamp();
        for (var left = Bytes; left > 0;)
        {
            left -= socket.Send(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
        }

        socket.Shutdown(SocketShutdown.Send);
        socket.Receive(buffer);
        return Bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static Socket Connect(IPEndPoint address, byte what)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address);
        socket.Send([what]);
        return socket;
    }
}
