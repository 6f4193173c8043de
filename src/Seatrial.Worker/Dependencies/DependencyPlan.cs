using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Dependencies;

/// <summary>How a dependency is waited for.</summary>
internal sealed record DependencyPlan
{
    public required string Name { get; init; }

    public required bool Required { get; init; }

    /// <summary>At start, before going on without it or giving up.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>For one attempt; asked each time, for it may change.</summary>
    public required Func<TimeSpan> AttemptTimeout { get; init; }

    /// <summary>0 for as many as fit.</summary>
    public int MostAttempts { get; init; }

    public required RetryConfig Retry { get; init; }
}
