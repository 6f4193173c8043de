using Seatrial.Engine.Environments;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Faults;

/// <summary>A fault that is to be made for one container.</summary>
/// <param name="Spec">As written.</param>
/// <param name="Target">As resolved.</param>
/// <param name="Seed">Where its own chance comes from.</param>
public sealed record FaultOrder(FaultSpec Spec, RunningContainer Target, ulong Seed)
{
    /// <summary>Its strength: as written, else as usual for its kind.</summary>
    internal double By => Spec.By ?? FaultCatalogue.Of(Spec.Kind).By?.Usual ?? 0;
}
