namespace Seatrial.Engine.Recovery;

/// <summary>When throughput counts as recovered.</summary>
public static class SteadyRule
{
    /// <summary>In tenths of a second.</summary>
    public const int Window = 10;

    /// <summary>How many of them in a row.</summary>
    public const int Windows = 3;

    private const double Enough = 0.9;

    /// <summary>Records a second before a tenth: the middle one of the windows, and at most what comes in.</summary>
    /// <param name="done">How many were done from one tenth up to another.</param>
    /// <param name="tenth">Before when.</param>
    /// <param name="most">What comes in.</param>
    public static long Before(Func<long, long, long> done, long tenth, long most) => Math.Min(
        most,
        Enumerable.Range(1, Windows)
            .Select(i => done(tenth - (i * Window), tenth - ((i - 1) * Window)))
            .Order()
            .ElementAt(Windows / 2));

    /// <summary>Whether each window from a tenth on has enough of what was before.</summary>
    public static bool IsBack(Func<long, long, long> done, long tenth, long before) =>
        Enumerable.Range(0, Windows).All(i =>
            done(tenth + (i * Window), tenth + ((i + 1) * Window)) >= Least(before));

    /// <summary>Of what was before.</summary>
    public static double Least(long before) => before * Enough;
}
