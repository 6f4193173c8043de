namespace Seatrial.Engine.Histories;

/// <summary>Where events go: into the file and into the live counts. Decides when a block is due.</summary>
internal sealed class EvidenceSink(BlockFileWriter file, LiveView view, TimeProvider clock)
{
    private const int EventsPerBlock = 4096;
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>Who waited for what may be over in a moment often does so again: a pause that had begun in between
    /// would show him what is over.</summary>
    private static readonly TimeSpan StillUrgent = TimeSpan.FromSeconds(1);

    private long? _urgentAt;
    private long _keptAt = clock.GetTimestamp();
    private long _lookedAt = clock.GetTimestamp();

    /// <summary>How long to let messages come together: not at all where somebody waits for what may be over by then,
    /// or just did.</summary>
    public TimeSpan GatherFor
    {
        get
        {
            _urgentAt = view.HasUrgentWaiters ? clock.GetTimestamp() : _urgentAt;
            return _urgentAt is { } at && clock.GetElapsedTime(at) < StillUrgent ? TimeSpan.Zero : Moment;
        }
    }

    public void Add(in HistoryEvent happened, in RowState before)
    {
        file.Append(happened, HistoryFormat.Write);
        view.Apply(happened, before);
    }

    /// <summary>Whether it is time to keep what came; waiting conditions are looked at on the way.</summary>
    public bool IsDue(bool afterCommit)
    {
        if (!afterCommit)
        {
            return file.Pending >= EventsPerBlock;
        }

        view.Commit();
        if (view.HasWaiters && clock.GetElapsedTime(_lookedAt) >= LookEvery)
        {
            _lookedAt = clock.GetTimestamp();
            view.Evaluate();
        }

        return file.Pending >= EventsPerBlock || clock.GetElapsedTime(_keptAt) >= KeepEvery;
    }

    /// <summary>
    /// Nothing is there to be read: looks at the conditions, and returns when something came or the next block is due.
    /// </summary>
    public async Task RestAsync(Task arriving)
    {
        view.Evaluate();
        if (file.Pending == 0)
        {
            await Task.WhenAny(arriving);
            return;
        }

        await Task.WhenAny(arriving, Task.Delay(KeepEvery, clock));
    }

    public async Task FlushAsync()
    {
        _keptAt = clock.GetTimestamp();
        try
        {
            await file.FlushAsync();
        }
        catch (IOException exception)
        {
            throw new HistoryGapException($"the history can't be written: {exception.Message}", exception);
        }
    }
}
