using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>What every part of a running worker shares.</summary>
internal sealed record WorkerContext
{
    /// <summary>The name under which this process owns records, fresh for each start.</summary>
    public required string Owner { get; init; }

    public required WorkerConfig Config { get; init; }

    public required DatabaseRetry Retry { get; init; }

    public required Drain Drain { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required WorkerProgress Progress { get; init; }

    /// <summary>Null where there is none.</summary>
    public Journal? Journal { get; init; }

    public HeldBatches Held { get; } = new();
}
