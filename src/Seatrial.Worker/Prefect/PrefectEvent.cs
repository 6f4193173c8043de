namespace Seatrial.Worker.Prefect;

/// <summary>One state of one step, from which the server's recorder makes or moves a task run.</summary>
internal sealed record PrefectEvent
{
    public required Guid Id { get; init; }

    public required DateTimeOffset Occurred { get; init; }

    public required string Event { get; init; }

    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Related { get; init; }

    public required StepEventPayload Payload { get; init; }
}

internal sealed record StepEventPayload(
    IntendedTransition Intended, EventState? InitialState, EventState ValidatedState, EventTaskRun TaskRun);

internal sealed record IntendedTransition(string? From, string To);

internal sealed record EventState(string Type, string Name, string? Message, EventStateDetails StateDetails);

/// <summary>Empty, and wanted by the server.</summary>
internal sealed record EventStateDetails;

internal sealed record EventTaskRun
{
    public required string Name { get; init; }

    public required string TaskKey { get; init; }

    /// <summary>Unique within the flow run together with <see cref="TaskKey"/>: else two steps become one.</summary>
    public required string DynamicKey { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public int RunCount { get; init; } = 1;

    public required DateTimeOffset ExpectedStartTime { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public double? TotalRunTime { get; init; }

    public IReadOnlyDictionary<string, string> TaskInputs { get; init; } = new Dictionary<string, string>();
}
