namespace Seatrial.Worker.Processing;

/// <summary>Where a worker is in its life.</summary>
internal enum WorkerStage
{
    /// <summary>The schema is not up to date yet.</summary>
    Starting,
    Working,

    /// <summary>No new claims.</summary>
    Draining,
}

/// <summary>What this process has done so far, counted where it happens, read by health.</summary>
internal sealed class WorkerProgress(TimeProvider time)
{
    private long _claimed;
    private long _ended;
    private long _failed;
    private long _stale;
    private long _movedAt = time.GetTimestamp();
    private volatile WorkerStage _stage = WorkerStage.Starting;

    /// <summary>Is told how long each look for records of a queue took.</summary>
    public Action<string, TimeSpan> ClaimTook { get; set; } = (_, _) => { };

    public WorkerStage Stage
    {
        get => _stage;
        set => _stage = value;
    }

    public long Claimed => Interlocked.Read(ref _claimed);

    /// <summary>Done or dead.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>Attempts that failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Taken over by others before this worker was through with them.</summary>
    public long Stale => Interlocked.Read(ref _stale);

    /// <summary>Since anything was claimed or ended.</summary>
    public TimeSpan SinceLastMove => time.GetElapsedTime(Interlocked.Read(ref _movedAt));

    public void CountClaimed(int records) => Move(ref _claimed, records);

    public void CountEnded(int records) => Move(ref _ended, records);

    public void CountFailed(int records) => Interlocked.Add(ref _failed, records);

    public void CountStale(int records) => Move(ref _stale, records);

    private void Move(ref long counter, int records)
    {
        Interlocked.Add(ref counter, records);
        Interlocked.Exchange(ref _movedAt, time.GetTimestamp());
    }
}
