namespace Seatrial.Engine.Faults;

/// <summary>One entry of the catalogue: all that is known of a kind of fault before one is made.</summary>
public sealed record FaultKind
{
    /// <summary>As <c>seatrial.yaml</c> and reports write it.</summary>
    public required string Name { get; init; }

    /// <summary>What happens, in one line.</summary>
    public required string Meaning { get; init; }

    public required FaultLane Lane { get; init; }

    /// <summary>What the machine and the driver must have.</summary>
    public IReadOnlyList<FaultNeed> Needs { get; init; } = [];

    /// <summary>What its <c>by</c> says; null when it takes none.</summary>
    public FaultAmount? By { get; init; }

    /// <summary>How long it lasts where <c>for</c> is not written; null when it ends by itself.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>Whether <c>from</c> may name the service that it is cut off from.</summary>
    public bool TakesPeer { get; init; }

    /// <summary>Whom it is aimed at where nobody says.</summary>
    public FaultAim Aim { get; init; }

    /// <summary>What a system must have for it: the reason why this one can't, or null.</summary>
    public Func<FaultSubject, string?> Lacks { get; init; } = _ => null;

    /// <summary>Makes one for one container.</summary>
    public required Func<FaultScene, FaultOrder, IFault> Make { get; init; }
}

/// <summary>The strength of a fault: its unit, what is taken where nothing is written, and what it means.</summary>
public sealed record FaultAmount(FaultUnit Unit, double Usual, string Meaning);

/// <summary>In what a fault's strength is written.</summary>
public enum FaultUnit
{
    /// <summary>A percentage, read as 0 to 1.</summary>
    Share,

    /// <summary>A duration, read as seconds.</summary>
    Time,

    /// <summary>A size such as 256k, read as bytes.</summary>
    Bytes,

    /// <summary>A plain number.</summary>
    Number,
}
