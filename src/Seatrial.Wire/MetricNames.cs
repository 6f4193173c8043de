namespace Seatrial.Wire;

/// <summary>
/// Instruments of a worker, in OpenTelemetry's form; in Prometheus's, dots are underscores and the unit follows.
/// </summary>
public static class MetricNames
{
    public const string Meter = "Seatrial.Worker";

    public const string JobClaimed = "seatrial.job.claimed";

    public const string JobCompleted = "seatrial.job.completed";

    /// <summary>Attempts that failed and will run again, unless they were the last.</summary>
    public const string JobFailed = "seatrial.job.failed";

    /// <summary>Records that others took over before this worker was through with them.</summary>
    public const string LeaseExpired = "seatrial.lease.expired";

    public const string JobRunDuration = "seatrial.job.run.duration";

    public const string JobsHeld = "seatrial.job.held";

    public const string WorkerCount = "seatrial.worker.count";

    public const string BuildInfo = "seatrial.build.info";

    /// <summary>One 0/1 series for each check and state.</summary>
    public const string HealthStatus = "seatrial.health.status";

    public const string HealthCheckDuration = "seatrial.health.check.duration";

    /// <summary>1 while a dependency is up.</summary>
    public const string DependencyUp = "seatrial.dependency.up";

    /// <summary>One 0/1 series for each circuit breaker and state.</summary>
    public const string BreakerState = "seatrial.breaker.state";

    public const string BreakerOpenings = "seatrial.breaker.openings";

    /// <summary>What is claimed of a whole batch.</summary>
    public const string IntakeShare = "seatrial.intake.share";

    public const string JournalEntries = "seatrial.journal.entries";

    public const string JournalSize = "seatrial.journal.size";

    public const string OutboxDepth = "seatrial.prefect.outbox.depth";

    /// <summary>The age of the oldest entry that waits.</summary>
    public const string OutboxLag = "seatrial.prefect.outbox.lag";

    public const string OutboxDeadLetters = "seatrial.prefect.outbox.dead_letters";

    /// <summary>Records that could be claimed, by queue.</summary>
    public const string QueueDepth = "seatrial.queue.depth";

    /// <summary>How long the first of them has been due.</summary>
    public const string QueueOldestAge = "seatrial.queue.oldest.age";

    public const string ClaimDuration = "seatrial.job.claim.duration";

    public const string CpuTime = "container.cpu.time";

    public const string CpuUtilization = "container.cpu.usage";

    public const string MemoryWorkingSet = "container.memory.working_set";

    public const string MemoryLimit = "seatrial.memory.limit";

    public const string DiskUsage = "seatrial.disk.usage";

    public const string NetworkConnections = "seatrial.network.connections";

    /// <summary>The labels; none of them is without bound.</summary>
    public static class Labels
    {
        public const string Queue = "seatrial.queue";
        public const string Result = "seatrial.result";
        public const string ErrorType = "error.type";
        public const string WorkerState = "seatrial.worker.state";
        public const string Check = "seatrial.check";
        public const string State = "seatrial.state";
        public const string Dependency = "seatrial.dependency";
        public const string Flow = "seatrial.flow";
        public const string Version = "service.version";
    }
}
