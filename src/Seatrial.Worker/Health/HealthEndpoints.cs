using Seatrial.Wire;
using Seatrial.Worker.Http;

namespace Seatrial.Worker.Health;

/// <summary>What the HTTP endpoints answer from.</summary>
internal sealed record HealthEndpoints
{
    public required HealthMonitor Monitor { get; init; }

    public required Func<StartupReport> StartupReport { get; init; }

    /// <summary>What the flow serves beside; null where it serves nothing.</summary>
    public FlowServer? Flow { get; init; }

    /// <summary>Writes metrics in Prometheus's text form; null when they are switched off.</summary>
    public Func<string>? Metrics { get; init; }
}
