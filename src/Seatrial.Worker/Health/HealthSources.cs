using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Health;

/// <summary>What a monitor looks at.</summary>
internal sealed record HealthSources
{
    public required LiveConfig Config { get; init; }

    public required ServiceOrchestrator Services { get; init; }

    public required ResourceSampler Resources { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Null when no worker runs in this process.</summary>
    public WorkerContext? Worker { get; init; }
}
