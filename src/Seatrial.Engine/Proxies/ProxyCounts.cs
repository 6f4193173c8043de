namespace Seatrial.Engine.Proxies;

/// <summary>What a proxy has done so far.</summary>
/// <param name="Accepted">Connections that came.</param>
/// <param name="Open">Connections that are open.</param>
/// <param name="BytesIn">From clients to the server.</param>
/// <param name="BytesOut">From the server to clients.</param>
/// <param name="Commits">Acknowledgements of COMMIT that were seen.</param>
/// <param name="Cuts">Connections that were cut at one.</param>
/// <param name="Delayed">Pieces that were kept back for a time, or sliced.</param>
/// <param name="Held">Bytes that came while nothing was passed on.</param>
public sealed record ProxyCounts(
    long Accepted, long Open, long BytesIn, long BytesOut, long Commits, long Cuts, long Delayed, long Held);
