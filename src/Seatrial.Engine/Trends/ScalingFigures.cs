namespace Seatrial.Engine.Trends;

/// <summary>What so many workers of a service did.</summary>
/// <param name="Workers">How many there were.</param>
/// <param name="Rates">Records a second, of each run.</param>
public sealed record ScalingRuns(int Workers, IReadOnlyList<double> Rates);

/// <summary>What so many workers bring, beside the fewest that were tried.</summary>
/// <param name="Workers">How many there were.</param>
/// <param name="Rate">Records a second, the median of the runs.</param>
/// <param name="SpeedUp">How many times the rate of the fewest.</param>
/// <param name="Efficiency">The part of an even speed-up, 1 where twice the workers do twice the work.</param>
/// <param name="Serial">The part of the work that can't be shared, as the speed-up shows it, from 0 to 1; null for the
/// fewest workers.</param>
public sealed record ScalingFigure(int Workers, double Rate, double SpeedUp, double Efficiency, double? Serial);

/// <summary>How well work is shared among more workers.</summary>
public static class ScalingFigures
{
    /// <summary>
    /// One each, the fewest workers first. The serial part is A. H. Karp's and H. P. Flatt's ("Measuring Parallel
    /// Processor Performance", CACM 33(5), 1990): where it grows with the workers, they cost each other something;
    /// where it stays, that much is done one after the other.
    /// </summary>
    public static IReadOnlyList<ScalingFigure> Of(IEnumerable<ScalingRuns> tried)
    {
        var all = tried.Where(one => one.Rates.Count > 0).OrderBy(one => one.Workers)
            .Select(one => (one.Workers, Rate: Bootstrap.Median(one.Rates)))
            .ToList();
        return [.. all.Select(one => Of(one, all[0]))];
    }

    private static ScalingFigure Of((int Workers, double Rate) one, (int Workers, double Rate) fewest)
    {
        var times = (double)one.Workers / fewest.Workers;
        var speedUp = fewest.Rate > 0 ? one.Rate / fewest.Rate : 0;
        return new ScalingFigure(
            one.Workers,
            one.Rate,
            speedUp,
            speedUp / times,
            times > 1 && speedUp > 0 ? Math.Clamp(((1 / speedUp) - (1 / times)) / (1 - (1 / times)), 0, 1) : null);
    }
}
