namespace Seatrial.Engine.Trends;

/// <summary>What is said of a metric in two runs, or two groups of them.</summary>
public enum ChangeKind
{
    /// <summary>As it was, or changed by less than what counts.</summary>
    Same,

    /// <summary>Changed for the better.</summary>
    Better,

    /// <summary>Changed for the worse: a regression.</summary>
    Worse,

    /// <summary>It may have changed by as much as counts, and may not have.</summary>
    Unclear,

    /// <summary>There is too little to say anything from.</summary>
    Missing,
}

/// <summary>A metric before and after.</summary>
public sealed record MetricChange
{
    public required string Metric { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>Of a group the median of its runs; null where it is missing.</summary>
    public double? Before { get; init; }

    public double? After { get; init; }

    /// <summary>Records that they are from.</summary>
    public long CountBefore { get; init; }

    public long CountAfter { get; init; }

    /// <summary>After divided by before.</summary>
    public Interval? Ratio { get; init; }

    /// <summary>The probability that chance alone orders the runs like this, where few runs are ranked.</summary>
    public double? Probability { get; init; }

    /// <summary>Why it is called so, where the figures do not say it.</summary>
    public string? Because { get; init; }
}

/// <summary>An estimate, and what it lies between in 95 of 100 cases.</summary>
public sealed record Interval(double Estimate, double Low, double High);
