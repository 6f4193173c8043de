namespace Seatrial.Engine.Workloads;

/// <summary>A part of an open load: what comes in it does not depend on what was done before.</summary>
/// <param name="Name">By which thresholds and reports know it.</param>
/// <param name="Shape">How the rate goes.</param>
/// <param name="Lasts">How long.</param>
/// <param name="IsMeasured">Whether thresholds look at it unless they name another; not so for the warm-up.</param>
public sealed record LoadPhase(string Name, LoadShape Shape, TimeSpan Lasts, bool IsMeasured = true)
{
    /// <summary>How many records come in it.</summary>
    public long Records => (long)Math.Round(Shape.CountAt(Lasts.TotalSeconds, Lasts.TotalSeconds));
}
