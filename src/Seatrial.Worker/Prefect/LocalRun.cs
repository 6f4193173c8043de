namespace Seatrial.Worker.Prefect;

/// <summary>A span of work as this machine knows it: the truth that Prefect's flow run is a picture of.</summary>
internal sealed record LocalRun
{
    /// <summary>Names the run on both sides: Prefect's idempotency key is made of it.</summary>
    public required Guid Id { get; init; }

    public required string Flow { get; init; }

    public required string Environment { get; init; }

    /// <summary>The process that worked.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last known to live: the end of a run whose process died.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public RunCounts Counts { get; init; } = RunCounts.None;

    /// <summary>Steps that are closed.</summary>
    public int Steps { get; init; }

    /// <summary>Where the open step began.</summary>
    public required DateTimeOffset StepStartedAt { get; init; }

    /// <summary>Where the last closed step ended.</summary>
    public DateTimeOffset? StepEndedAt { get; init; }

    /// <summary>The counts where the open step began.</summary>
    public RunCounts StepBase { get; init; } = RunCounts.None;

    /// <summary>Lines logged.</summary>
    public int Logs { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>One of <see cref="StateTypes"/> when it has ended.</summary>
    public string? State { get; init; }

    public string? Message { get; init; }
}
