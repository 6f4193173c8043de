namespace Seatrial.Worker.Processing;

/// <summary>Records under one lease, and this worker's own watch over its end.</summary>
internal sealed class LeasedBatch : IDisposable
{
    // The watch ends a tenth early: an owner stops before others may start.
    private const double Margin = 0.1;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private bool _disposed;

    /// <summary>A lease that was asked for at <paramref name="askedAt"/>: it can't have begun earlier.</summary>
    public LeasedBatch(IReadOnlyList<ClaimedRecord> records, TimeSpan lease, long askedAt, TimeProvider time)
    {
        Records = records;
        _lease = lease;
        _time = time;
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        EndToken = _end.Token;
        Extend(askedAt);
    }

    public IReadOnlyList<ClaimedRecord> Records { get; }

    /// <summary>The chunk whose lease it is; null where each record has its own.</summary>
    public long? Chunk { get; init; }

    /// <summary>Cancelled when the lease is about to end without having been renewed.</summary>
    public CancellationToken EndToken { get; }

    /// <summary>When the lease was last taken or renewed.</summary>
    public long AskedAt { get; private set; }

    /// <summary>The lease was renewed by a statement sent at that time.</summary>
    public void Extend(long askedAt)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                AskedAt = askedAt;
                var left = (_lease * (1 - Margin)) - _time.GetElapsedTime(askedAt);
                _end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _end.Dispose();
        }
    }
}
