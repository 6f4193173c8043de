using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Thresholds;

namespace Seatrial.Engine.Specs;

/// <summary>The fault suite of this system: one fault after the other under a steady load.</summary>
public sealed record FaultsSpec
{
    /// <summary>Records a second that come in, whatever is broken.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>How long a fault lasts that does not end by itself.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The kinds that are taken, in the catalogue's order.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = FaultCatalogue.Names;

    /// <summary>What recovery may cost: the usual, with what the file says instead.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = UsualBudgets.All;

    /// <summary>What the run has to hold beside.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
}
