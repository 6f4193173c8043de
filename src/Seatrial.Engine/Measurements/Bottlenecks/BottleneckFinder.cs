using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>Asks every rule, and lets those go whose sign another cause explains.</summary>
internal static class BottleneckFinder
{
    private static readonly Func<Situation, IEnumerable<Bottleneck>>[] _rules =
    [
        CpuLimitRule.See, LockRule.See, MissingIndexRule.See, SlowQueryRule.See, PoolRule.See, DiskRule.See,
        ProcessorRule.See, LogRule.See, CollectionRule.See, SlowHandlerRule.See,
    ];

    /// <summary>The likeliest first.</summary>
    public static IReadOnlyList<Bottleneck> Find(PerformanceEvidence evidence)
    {
        var seen = LeakRules.See(evidence).ToList();
        if (Situation.Of(evidence) is { } now)
        {
            seen.AddRange(_rules.SelectMany(rule => rule(now)));
        }

        return
        [
            .. seen.Where(one => !seen.Any(other => Explains(other, one)))
                .OrderByDescending(one => one.Confidence)
                .ThenBy(one => one.Name, StringComparer.Ordinal)
                .ThenBy(one => one.Where, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a cause, where it is there, makes the other's sign by itself.</summary>
    private static bool Explains(Bottleneck cause, Bottleneck sign) => (cause.Name, sign.Name) switch
    {
        ("lock", "pool" or "slow-query") => true,
        ("cpu-limit", "pool" or "worker-cpu") => cause.Where == sign.Where,
        ("missing-index", "slow-query") => Statements.Names(sign.Summary, cause.Where),
        ("missing-index" or "slow-query", "pool") => true,
        (not "slow-handler" and not "logging" and not "leak", "slow-handler") => true,
        ("missing-index", "processors") => true,

        // Each line of a container's output is taken and written by the engine, outside of the containers.
        ("logging", "processors") => sign.Where == ResourceSeries.Host,
        _ => false,
    };
}
