using Seatrial.Engine.Faults.Networks;
using Seatrial.Engine.Proxies;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What a proxy between a container and the database can do.</summary>
internal static class ProxyKinds
{
    private static readonly FaultNeed[] _needs =
        [FaultNeed.Host, FaultNeed.Nsenter, FaultNeed.Redirect, FaultNeed.SocketKill];

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Through("commit-ack-lost", "A COMMIT takes effect, but its acknowledgement is lost and the connection reset.",
            (_, proxy) => proxy.ToClient = new ProxyBehaviour { CutAtCommit = 1 },
            counts => counts.Cuts > 0 ? $"cut at {counts.Cuts} of {counts.Commits} acknowledgements" : null) with
        {
            Hold = null,
        },
        Through("latency", "All that it exchanges with the database is late, by half of it more or less.",
            (by, proxy) =>
            {
                // One way each, so that a round trip has it all; the mean is what was written.
                var late = new ProxyBehaviour
                {
                    Latency = TimeSpan.FromSeconds(by / 4), Jitter = TimeSpan.FromSeconds(by / 2),
                };
                (proxy.ToServer, proxy.ToClient) = (late, late);
            },
            counts => counts.Delayed > 0 ? $"{counts.Delayed} pieces were late" : null) with
        {
            By = new FaultAmount(FaultUnit.Time, 0.1, "added to a round trip, in the mean"),
        },
        Through("bandwidth", "Each connection with the database passes few bytes a second.",
            (by, proxy) =>
            {
                var narrow = new ProxyBehaviour { Rate = by };
                (proxy.ToServer, proxy.ToClient) = (narrow, narrow);
            },
            counts => counts.Delayed > 0 ? $"{counts.Delayed} pieces had to wait" : null) with
        {
            By = new FaultAmount(FaultUnit.Bytes, 32 * 1024, "bytes a second of each connection"),
        },
        Through("slice", "What it exchanges with the database comes in small pieces with gaps between them.",
            (by, proxy) =>
            {
                var sliced = new ProxyBehaviour { Slice = (int)by, SliceGap = TimeSpan.FromMilliseconds(1) };
                (proxy.ToServer, proxy.ToClient) = (sliced, sliced);
            },
            counts => counts.Delayed > 0 ? $"{counts.Delayed} pieces had a gap behind them" : null) with
        {
            By = new FaultAmount(FaultUnit.Number, 8, "bytes in a piece"),
        },
        Through("half-open", "Its connections with the database stay open, and nothing passes.",
            (_, proxy) => (proxy.ToServer, proxy.ToClient) =
                (new ProxyBehaviour { Stopped = true }, new ProxyBehaviour { Stopped = true }),
            counts => counts.Held > 0 ? $"{counts.Open} connections are open, and {counts.Held} bytes are held" : null),
    ];

    private static FaultKind Through(
        string name, string meaning, Action<double, TcpProxy> apply, Func<ProxyCounts, string?> evidence) => new()
        {
            Name = name,
            Meaning = meaning,
            Lane = FaultLane.Proxy,
            Needs = _needs,
            Hold = TimeSpan.FromSeconds(5),
            Make = (scene, order) => new ProxyFault(
                scene, order, proxy => apply(order.By, proxy), evidence),
        };
}
