using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>What a check says.</summary>
public sealed record CheckResult
{
    /// <summary>Stable and lower case: <c>lost</c>, <c>duplicated</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What was checked, as a sentence: <c>Every record ended in exactly one effect</c>.</summary>
    public required string Title { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>How many offences; 0 on a pass.</summary>
    public required long Count { get; init; }

    /// <summary>The verdict's reason with figures, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The first offences, in the log's order; <see cref="Count"/> is the whole.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>One offence.</summary>
public sealed record Finding
{
    /// <summary>The record, e.g. <c>rpa2/4711 (gss:4711)</c>.</summary>
    public required string Record { get; init; }

    /// <summary>What happened, as prose with workers, times and log positions.</summary>
    public required string Story { get; init; }

    /// <summary>The record's whole history.</summary>
    public IReadOnlyList<HistoryEvent> History { get; init; } = [];
}
