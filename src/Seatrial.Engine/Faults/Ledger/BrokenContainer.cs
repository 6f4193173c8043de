namespace Seatrial.Engine.Faults.Ledger;

/// <summary>A container that somebody breaks, and how it was before: enough to mend it without him.</summary>
public sealed record BrokenContainer
{
    /// <summary>Who breaks it: an owner as text.</summary>
    public required string Owner { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>What stood in its control groups' files, by path.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>Files of its own by their path inside; null where there was none.</summary>
    public IReadOnlyDictionary<string, string?> Files { get; init; } = new Dictionary<string, string?>();

    /// <summary>Its networks with its aliases there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}
