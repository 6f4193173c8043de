using Seatrial.Engine.Checks;

namespace Seatrial.Engine.Recovery;

/// <summary>One measure of one fault.</summary>
public sealed record Figure
{
    public required Measure Measure { get; init; }

    /// <summary>Seconds; for waste a part from 0 to 1, for the processor cores; null where nothing shows it.</summary>
    public double? Value { get; init; }

    /// <summary>Whether it was not over when the next fault began: it is this much at least.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What it may be at most, with the record's lease where that is granted; null without a budget.</summary>
    public double? Most { get; init; }

    /// <summary>The budget as it is written; null without one.</summary>
    public string? Budget { get; init; }

    /// <summary>Null where there is nothing to judge.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The record that it is of, where it is of one.</summary>
    public string? Record { get; init; }

    /// <summary>What was seen that gives the figure.</summary>
    public string? Seen { get; init; }
}

/// <summary>What one fault cost.</summary>
public sealed record FaultFigures(string Fault, IReadOnlyList<Figure> Figures);
