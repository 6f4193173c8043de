using System.Globalization;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Specs;

/// <summary>When a fault is due.</summary>
public abstract record FaultTrigger
{
    private FaultTrigger()
    {
    }

    /// <summary>A part, 0 to 1, of the records that the fault's queue is to see is done.</summary>
    public sealed record Part(double Of) : FaultTrigger
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Of * 100:0.##} % done");
    }

    /// <summary>So long after the load began.</summary>
    public sealed record Time(TimeSpan After) : FaultTrigger
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Durations.Format(After)} after the load began";
    }

    /// <summary>The log shows something for the nth time.</summary>
    /// <param name="What">What is counted, a record at a time.</param>
    /// <param name="Nth">From 1.</param>
    /// <param name="Queue">Where it is counted; with <paramref name="By"/> it has no meaning.</param>
    /// <param name="By">By which container, e.g. <c>rpa1-2</c>, or by which service; null counts all of the
    /// queue.</param>
    public sealed record Sighting(LogCount What, int Nth, string Queue, string? By) : FaultTrigger
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Word} number {Nth:N0} {(By is null ? $"in {Queue}" : $"by {By}")}");

        private string Word => What switch
        {
            LogCount.Enqueue => "record",
            LogCount.Claim => "claim",
            LogCount.Done => "completion",
            LogCount.Lost => "lost lease",
            LogCount.Dead => "dead record",
        };
    }
}

/// <summary>What of the log a trigger counts.</summary>
public enum LogCount
{
    /// <summary>Records put in.</summary>
    Enqueue,

    /// <summary>Records claimed; due while one of them is not done yet.</summary>
    Claim,

    /// <summary>Records done.</summary>
    Done,

    /// <summary>Records taken from their holder, after its lease or before.</summary>
    Lost,

    /// <summary>Records given up.</summary>
    Dead,
}
