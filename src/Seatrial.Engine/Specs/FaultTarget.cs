namespace Seatrial.Engine.Specs;

/// <summary>How a fault's containers are chosen, when it is due.</summary>
public enum TargetChoice
{
    OneOf,

    /// <summary>This one: a service's container of a number.</summary>
    Container,

    /// <summary>As many as can be without being half of them.</summary>
    MinorityOf,
    AllOf,

    /// <summary>The one whose worker holds a record, named by its key, or by its id where it has none.</summary>
    HolderOf,

    /// <summary>The one whose worker was the last to claim a record of a queue.</summary>
    LastToClaim,
}

/// <summary>Whom a fault is aimed at.</summary>
/// <param name="Choice">How it is chosen.</param>
/// <param name="Of">Of which service, record or queue.</param>
public sealed record FaultTarget(TargetChoice Choice, string Of)
{
    /// <summary>Which container of the service, from 1; null where chance or the log chooses.</summary>
    public int? Number { get; init; }

    /// <summary>The keys by which <c>seatrial.yaml</c> names the choices.</summary>
    internal static readonly IReadOnlyDictionary<string, TargetChoice> Keys = new Dictionary<string, TargetChoice>
    {
        ["one_of"] = TargetChoice.OneOf,
        ["container"] = TargetChoice.Container,
        ["minority_of"] = TargetChoice.MinorityOf,
        ["all_of"] = TargetChoice.AllOf,
        ["holder_of"] = TargetChoice.HolderOf,
        ["last_to_claim"] = TargetChoice.LastToClaim,
    };

    /// <summary>The service whose containers are meant; null where only the log will tell.</summary>
    public string? Service => Choice is TargetChoice.HolderOf or TargetChoice.LastToClaim ? null : Of;

    /// <summary>How many containers of <paramref name="count"/> it means.</summary>
    public int Size(int count) => Choice switch
    {
        TargetChoice.MinorityOf => (count - 1) / 2,
        TargetChoice.AllOf => count,
        TargetChoice.Container => Number <= count ? 1 : 0,
        TargetChoice.OneOf or TargetChoice.HolderOf or TargetChoice.LastToClaim => Math.Min(1, count),
    };

    /// <summary>For reports: <c>one of rpa1</c>.</summary>
    public override string ToString() => Choice switch
    {
        TargetChoice.OneOf => $"one of {Of}",
        TargetChoice.Container => $"{Of}-{Number}",
        TargetChoice.MinorityOf => $"a minority of {Of}",
        TargetChoice.AllOf => $"all of {Of}",
        TargetChoice.HolderOf => $"the holder of record {Of}",
        TargetChoice.LastToClaim => $"the last to claim from {Of}",
    };
}
