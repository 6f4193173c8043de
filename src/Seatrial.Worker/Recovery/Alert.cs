using System.Text.Json.Serialization;

namespace Seatrial.Worker.Recovery;

/// <summary>What is told before a worker ends on an error that it can't mend.</summary>
internal sealed record Alert
{
    /// <summary>The configuration is faulty.</summary>
    public const string Configuration = "configuration";

    /// <summary>Something required did not come up.</summary>
    public const string Dependency = "dependency";

    /// <summary>A bug, or the end of the memory.</summary>
    public const string Runtime = "runtime";

    public string Severity { get; init; } = "critical";

    public required string Category { get; init; }

    public required string Flow { get; init; }

    public required string Environment { get; init; }

    public required string Host { get; init; }

    /// <summary>One sentence or more, without secrets.</summary>
    public required string Message { get; init; }

    public required int ExitCode { get; init; }

    public required DateTimeOffset At { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Alert))]
internal sealed partial class AlertJson : JsonSerializerContext;
