using Seatrial.Engine.Faults.Ledger;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Faults;

/// <summary>A fault whose containers are known, ready for its steps.</summary>
/// <param name="Fault">Of all of them.</param>
/// <param name="Target">Their places, e.g. <c>rpa1-1, rpa1-2</c>.</param>
/// <param name="Hold">How long it lasts.</param>
public sealed record PreparedFault(IFault Fault, string Target, TimeSpan Hold)
{
    /// <summary>Chooses a planned fault's containers, now that it is due.</summary>
    /// <exception cref="FaultNotSeenException">There are none.</exception>
    public static async Task<PreparedFault> PrepareAsync(
        FaultScene scene, PlannedFault plan, CancellationToken cancellationToken)
    {
        var kind = FaultCatalogue.Of(plan.Spec.Kind);
        var targets = await TargetResolver.ResolveAsync(scene, plan, cancellationToken);
        var faults = targets
            .Select((target, i) => new LedgeredFault(
                scene, target, kind.Make(scene, new FaultOrder(plan.Spec, target, plan.Seed + (ulong)i))))
            .ToList();
        return new PreparedFault(
            faults is [var only] ? only : new FaultGroup(faults),
            string.Join(", ", targets.Select(target => target.Place)),
            plan.Spec.For ?? kind.Hold ?? TimeSpan.Zero);
    }
}
