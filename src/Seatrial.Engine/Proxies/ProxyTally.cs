namespace Seatrial.Engine.Proxies;

/// <summary>Counts as connections make them.</summary>
internal sealed class ProxyTally
{
    private long _accepted;
    private long _in;
    private long _out;
    private long _commits;
    private long _cuts;
    private long _delayed;
    private long _held;

    public ProxyCounts Counts(int open) => new(
        Interlocked.Read(ref _accepted),
        open,
        Interlocked.Read(ref _in),
        Interlocked.Read(ref _out),
        Interlocked.Read(ref _commits),
        Interlocked.Read(ref _cuts),
        Interlocked.Read(ref _delayed),
        Interlocked.Read(ref _held));

    /// <summary>Which one it is.</summary>
    public long CountAccepted() => Interlocked.Increment(ref _accepted);

    public void CountBytes(bool toServer, int bytes) => Interlocked.Add(ref toServer ? ref _in : ref _out, bytes);

    public void CountDelayed() => Interlocked.Increment(ref _delayed);

    public void CountHeld(int bytes) => Interlocked.Add(ref _held, bytes);

    public void CountCommit(bool isCut)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _cuts, isCut ? 1 : 0);
    }
}
