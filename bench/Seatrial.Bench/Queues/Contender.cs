namespace Seatrial.Bench.Queues;

/// <summary>A way to drain a queue of records of 100 bytes.</summary>
internal sealed record Contender
{
    public required string Name { get; init; }

    /// <summary>How many records a round drains.</summary>
    public required int Records { get; init; }

    /// <summary>Fills a fresh database.</summary>
    public required Func<BenchDatabase, int, Task> FillAsync { get; init; }

    public required Func<BenchDatabase, int, Task<Drained>> DrainAsync { get; init; }
}

/// <summary>
/// The processor time that the workers took, zero where it is counted as the database's, and the records a second where
/// they are not those of the whole call.
/// </summary>
internal sealed record Drained(TimeSpan Workers, double? Rate = null);
