using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>What every part of a running worker shares.</summary>
internal sealed record WorkerContext
{
    /// <summary>The name under which this process owns records, fresh for each start.</summary>
    public required string Owner { get; init; }

    /// <summary>What holds now: some of it changes while the worker runs.</summary>
    public WorkerConfig Config => Live.Current.Worker;

    public required LiveConfig Live { get; init; }

    public required DatabaseRetry Retry { get; init; }

    /// <summary>Of all that the worker depends on.</summary>
    public required CircuitBreakers Breakers { get; init; }

    public required Drain Drain { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required WorkerProgress Progress { get; init; }

    /// <summary>Null where there is none.</summary>
    public Journal? Journal { get; init; }

    /// <summary>Says how much may be claimed.</summary>
    public Intake Intake { get; } = new();

    public HeldBatches Held { get; } = new();
}
