namespace Seatrial.Engine.Proxies;

/// <summary>What a proxy does to the bytes of one direction; read anew for each piece, so it may change at any
/// time.</summary>
public sealed record ProxyBehaviour
{
    /// <summary>Passes everything on at once.</summary>
    public static readonly ProxyBehaviour Plain = new();

    /// <summary>Added to each piece.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Taken from the seed, from none to this, and added too.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bytes a second of each connection; null is as many as come.</summary>
    public double? Rate { get; init; }

    /// <summary>The most bytes that are passed on at once; null is all that came.</summary>
    public int? Slice { get; init; }

    /// <summary>Between two slices.</summary>
    public TimeSpan SliceGap { get; init; }

    /// <summary>Whether nothing more is passed on, while the connection stays open.</summary>
    public bool Stopped { get; init; }

    /// <summary>
    /// Cut, once, where PostgreSQL acknowledges a commit for the n-th time from now, counted over all connections: the
    /// acknowledgement is kept back, and both sides are reset. 0 is never.
    /// </summary>
    public int CutAtCommit { get; init; }

    /// <summary>Whether bytes go on as they come.</summary>
    internal bool IsPlain => this is { Latency.Ticks: 0, Jitter.Ticks: 0, Rate: null, Slice: null, Stopped: false };
}
