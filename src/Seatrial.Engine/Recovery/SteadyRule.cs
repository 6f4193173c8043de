namespace Seatrial.Engine.Recovery;

/// <summary>When throughput counts as recovered.</summary>
public static class SteadyRule
{
    /// <summary>In tenths of a second.</summary>
    public const int Window = 10;

    /// <summary>How many of them in a row.</summary>
    public const int Windows = 3;

    private const double Enough = 0.9;

    /// <summary>Records a second before a tenth: the middle one of the windows, and at most what the load brings
    /// in.</summary>
    public static long Before(IPace pace, long tenth, long most) => Math.Min(
        most,
        Enumerable.Range(1, Windows)
            .Select(i => pace.DoneIn(tenth - (i * Window), tenth - ((i - 1) * Window)))
            .Order()
            .ElementAt(Windows / 2));

    /// <summary>
    /// Whether each window from a tenth on has enough of what was before. Where the load brings less, which is not the
    /// system's doing as long as it is half of that, enough of what it brings will do.
    /// </summary>
    public static bool IsBack(IPace pace, long tenth, long before) => Enumerable.Range(0, Windows).All(i =>
    {
        var (from, to) = (tenth + (i * Window), tenth + ((i + 1) * Window));
        return pace.DoneIn(from, to) >= Least(Math.Clamp(pace.DueIn(from, to), before / 2, before));
    });

    /// <summary>Of what was before.</summary>
    public static double Least(long before) => before * Enough;
}
