using Microsoft.Extensions.Logging;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Hosting;

/// <summary>What a worker sees of the world around its process.</summary>
internal sealed record WorkerEnvironment
{
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>
    /// In a container the first 12 digits of its id: by it the tester tells which container an owner was.
    /// </summary>
    public required string HostName { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>Is told the configuration that decides about <see cref="Logs"/>.</summary>
    public required LogThreshold Threshold { get; init; }
}
