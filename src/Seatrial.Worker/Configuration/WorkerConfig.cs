using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>How records are claimed and worked on.</summary>
public sealed record WorkerConfig
{
    /// <summary>Records claimed at once, and completed in one transaction.</summary>
    public int BatchSize { get; init; } = ContainerDefaults.BatchSize;

    /// <summary>
    /// Batches worked on side by side; by default as many as the container has processors. A handler is called for one
    /// record after the other of a batch, and for several batches at once.
    /// </summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How long a claim holds without renewal: the time until the records of a dead worker run again.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an idle worker trusts notifications: the most that a lost one costs.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After so many claims without success a record is dead.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Bytes of a payload's JSON; a record with more is dead at once.</summary>
    public long MaxPayload { get; init; } = 1 << 20;

    /// <summary>A volume for what has to survive the container: the journal, and what Prefect is to be told.</summary>
    public string StateFolder { get; init; } = "/var/lib/seatrial";

    /// <summary>How long a commit waits for the database before its work goes into the journal.</summary>
    public TimeSpan JournalAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The most that the journal may hold.</summary>
    public long JournalBytes { get; init; } = 64 << 20;

    /// <summary>When less is claimed than could be.</summary>
    public BackpressureConfig Backpressure { get; init; } = new();

    /// <summary>What is deleted, and when.</summary>
    public RetentionConfig Retention { get; init; } = new();

    /// <summary>Waits before a failed record runs again.</summary>
    public RetryConfig RetryConfig { get; init; } = new();

    /// <summary>From SIGTERM to the exit; keep it below the orchestrator's grace period.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(8);
}
