using Seatrial.Engine.Faults;

namespace Seatrial.Engine.Runs;

/// <summary>What a run tells while it goes on; views draw it, nothing else depends on it.</summary>
public abstract record TrialProgress
{
    private TrialProgress()
    {
    }

    /// <summary>A step began.</summary>
    public sealed record StepBegan(string Name) : TrialProgress;

    /// <summary>A step ended.</summary>
    public sealed record StepEnded(StepTiming Timing) : TrialProgress;

    /// <summary>Something worth a line.</summary>
    public sealed record Note(string Text) : TrialProgress;

    /// <summary>A fault took a step.</summary>
    public sealed record FaultMoved(FaultRecord Fault) : TrialProgress;

    /// <summary>Where the records are, from the log.</summary>
    public sealed record CountsMoved(
        IReadOnlyList<QueueProgress> Queues, IReadOnlyList<WorkerProgress> Workers) : TrialProgress;
}

/// <summary>A queue at one moment.</summary>
public sealed record QueueProgress(string Queue, long Expected, long Enqueued, long Done, long Dead);

/// <summary>A worker at one moment: what it holds and what it has done.</summary>
public sealed record WorkerProgress(string Worker, string Queue, long Held, long Done);
