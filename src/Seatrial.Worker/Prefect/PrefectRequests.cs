using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Seatrial.Worker.Prefect;

/// <summary>Creates a flow, or finds it by its name.</summary>
internal sealed record FlowBody(string Name, IReadOnlyList<string> Tags);

/// <summary>Creates a flow run, or finds it by its key; the server knows its own times only.</summary>
internal sealed record FlowRunBody
{
    public required Guid FlowId { get; init; }

    public required string Name { get; init; }

    public required string IdempotencyKey { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required JsonObject Labels { get; init; }

    public required StateBody State { get; init; }
}

/// <summary>A state to go to; the same <see cref="StateDetailsBody.TransitionId"/> twice is one transition.</summary>
internal sealed record StateBody(string Type, string Name, string? Message, StateDetailsBody StateDetails);

internal sealed record StateDetailsBody(Guid TransitionId);

internal sealed record SetStateBody(StateBody State, bool Force);

/// <summary>A line of a run's log; the server keeps each one that is sent, and has no ids for them.</summary>
internal sealed record LogBody(string Name, int Level, string Message, DateTimeOffset Timestamp, Guid FlowRunId);

internal sealed record VariableBody(string Name, string Value, IReadOnlyList<string> Tags);

internal sealed record ArtifactBody(string Key, string Type, string Data, Guid FlowRunId);

/// <summary>Any of these values.</summary>
internal sealed record AnyOf<T>([property: JsonPropertyName("any_")] IReadOnlyList<T> Any);

/// <summary>All of these values.</summary>
internal sealed record AllOf<T>([property: JsonPropertyName("all_")] IReadOnlyList<T> All);

internal sealed record FlowRunQuery
{
    public required FlowRunFilter FlowRuns { get; init; }

    public int Limit { get; init; } = 200;
}

internal sealed record FlowRunFilter
{
    public AnyOf<string>? IdempotencyKey { get; init; }

    public AllOf<string>? Tags { get; init; }

    public StateFilter? State { get; init; }
}

internal sealed record StateFilter(AnyOf<string> Type);

internal sealed record TaskRunQuery
{
    public required TaskRunFilter TaskRuns { get; init; }

    public int Limit { get; init; } = 200;
}

internal sealed record TaskRunFilter
{
    public AnyOf<Guid>? Id { get; init; }

    public AnyOf<Guid>? FlowRunId { get; init; }
}

internal sealed record LogQuery
{
    public required LogFilter Logs { get; init; }

    public required int Offset { get; init; }

    public int Limit { get; init; } = 200;

    public string Sort { get; init; } = "TIMESTAMP_ASC";
}

internal sealed record LogFilter(AnyOf<Guid> FlowRunId);
