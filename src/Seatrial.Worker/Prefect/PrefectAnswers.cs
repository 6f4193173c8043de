namespace Seatrial.Worker.Prefect;

/// <summary>Anything that only has an id for us.</summary>
internal sealed record CreatedAnswer(Guid Id);

/// <summary>A flow run as the server has it.</summary>
internal sealed record FlowRunAnswer
{
    public required Guid Id { get; init; }

    public Guid FlowId { get; init; }

    public string Name { get; init; } = "";

    public string? StateType { get; init; }

    public string? IdempotencyKey { get; init; }

    public StateAnswer? State { get; init; }

    public Dictionary<string, System.Text.Json.JsonElement> Labels { get; init; } = [];
}

/// <summary>A task run as the server's recorder made it from events.</summary>
internal sealed record TaskRunAnswer
{
    public required Guid Id { get; init; }

    public string Name { get; init; } = "";

    public Guid? FlowRunId { get; init; }

    public string? StateType { get; init; }

    public StateAnswer? State { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }
}

internal sealed record StateAnswer(string Type, string? Message);

/// <summary>What became of a wish for another state.</summary>
internal sealed record SetStateAnswer
{
    public const string Accepted = "ACCEPT";
    public const string Rejected = "REJECT";
    public const string ToWait = "WAIT";
    public const string Aborted = "ABORT";

    /// <summary>One of the above.</summary>
    public required string Status { get; init; }

    public StateAnswer? State { get; init; }

    public SetStateDetails? Details { get; init; }
}

internal sealed record SetStateDetails(string? Reason, double? DelaySeconds);

internal sealed record LogAnswer(string Message, int Level, DateTimeOffset Timestamp);

internal sealed record VariableAnswer(string Name, System.Text.Json.JsonElement Value);
