using Seatrial.Engine.Checks;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Thresholds;

/// <summary>
/// The highest rate that holds the objectives, held against thresholds. A search leaves it between the highest rate
/// that held and the lowest that did not, and a bound in between is not known.
/// </summary>
internal static class Capacities
{
    public static Judged Judge(Threshold threshold, CapacityResult? found)
    {
        if (found is not { Highest: not null } and not { Lowest: not null })
        {
            return Judged.Unknown("nothing was measured");
        }

        var (least, most) = (found.Highest ?? 0, Math.BitDecrement(found.Lowest ?? double.PositiveInfinity));
        return (threshold.Holds(least), threshold.Holds(most)) switch
        {
            (true, true) => new Judged(Verdict.Pass, Said(threshold, found)),
            (false, false) => new Judged(Verdict.Fail, Said(threshold, found)),
            _ => Judged.Unknown(Said(threshold, found)),
        };
    }

    private static string Said(Threshold threshold, CapacityResult found) => string.Join(", ", new[]
    {
        found.Highest is { } held ? $"{Threshold.Describe(held, threshold.Unit)} held" : null,
        found.Lowest is { } missed ? $"{Threshold.Describe(missed, threshold.Unit)} did not" : null,
        found.NotKept is { } notKept
            ? $"the generator could not keep {Threshold.Describe(notKept, threshold.Unit)}" : null,
    }.OfType<string>());
}
