namespace Seatrial.Bench.Queues;

/// <summary>A way to drain a queue of records of 100 bytes.</summary>
internal sealed record Contender
{
    public required string Name { get; init; }

    /// <summary>How many records a round drains.</summary>
    public required int Records { get; init; }

    /// <summary>Fills a fresh database.</summary>
    public required Func<BenchDatabase, int, Task> FillAsync { get; init; }

    /// <summary>Drains it; returns the processor time that the workers took, zero where it is counted as the
    /// database's.</summary>
    public required Func<BenchDatabase, int, Task<TimeSpan>> DrainAsync { get; init; }
}
