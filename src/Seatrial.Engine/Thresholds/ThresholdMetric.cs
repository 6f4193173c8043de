using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Thresholds;

/// <summary>What a value is of, which decides the units that it may be written in.</summary>
public enum ThresholdUnit
{
    /// <summary>A plain number.</summary>
    Count,

    /// <summary>Seconds; written with <c>us</c>, <c>ms</c>, <c>s</c> or <c>min</c>.</summary>
    Duration,

    /// <summary>A second; written with or without <c>/s</c>.</summary>
    Rate,

    /// <summary>A part of 1; written with <c>%</c>.</summary>
    Share,

    /// <summary>Bytes a second; written with <c>B/s</c> to <c>GB/h</c>, of 1,024 each.</summary>
    Bytes,

    /// <summary>So many a second; written with <c>/s</c>, <c>/min</c> or <c>/h</c>.</summary>
    Growth,
}

/// <summary>Something that a threshold can be set for.</summary>
/// <param name="Name">As written, before the dot.</param>
/// <param name="Source">What it is measured of.</param>
/// <param name="Tags">Those that it may have.</param>
/// <param name="Aggregates">What may follow the dot, with the unit; "" where nothing has to, <c>p</c> for any
/// percentile.</param>
public sealed record ThresholdMetric(
    string Name,
    ThresholdSource Source,
    IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, ThresholdUnit> Aggregates)
{
    /// <summary>Whether it is known while the load goes on.</summary>
    public bool IsLive => Name is not ("throughput" or "backlog" or "capacity");

    /// <summary>The aggregate that stands for every percentile: <c>p99</c>, <c>p(99.9)</c>.</summary>
    public const string Percentile = "p";

    /// <summary>The tag that names a phase of the load.</summary>
    public const string Phase = "phase";

    /// <summary>The tag that names a stage of the way.</summary>
    public const string Stage = "stage";

    /// <summary>The tag that names a kind of fault.</summary>
    public const string Fault = "fault";

    private static readonly Dictionary<string, ThresholdUnit> _durations =
        new[] { "min", "avg", "med", "max", Percentile }.ToDictionary(name => name, _ => ThresholdUnit.Duration);

    /// <summary>All of them; docs/performance.md says what each is.</summary>
    public static IReadOnlyList<ThresholdMetric> All { get; } =
    [
        new("throughput", ThresholdSource.Load, [Phase, Stage], Of("", ThresholdUnit.Rate)),
        new("latency", ThresholdSource.Load, [Phase, Stage], _durations),
        new("wait", ThresholdSource.Load, [Phase, Stage], _durations),
        new("run", ThresholdSource.Load, [Phase, Stage], _durations),
        new("lateness", ThresholdSource.Load, [Phase], _durations),
        new(
            "errors",
            ThresholdSource.Load,
            [Phase],
            new Dictionary<string, ThresholdUnit> { [""] = ThresholdUnit.Count, ["rate"] = ThresholdUnit.Share }),
        new(
            "backlog",
            ThresholdSource.Load,
            [Phase],
            new Dictionary<string, ThresholdUnit>
            {
                ["max"] = ThresholdUnit.Count,
                ["end"] = ThresholdUnit.Count,
                ["growth"] = ThresholdUnit.Rate,
            }),
        new("capacity", ThresholdSource.Load, [], Of("", ThresholdUnit.Rate)),
        new(
            "recovery",
            ThresholdSource.Faults,
            [Fault],
            Measures.All.ToDictionary(Measures.Key, measure => measure switch
            {
                Measure.Waste => ThresholdUnit.Share,
                Measure.Processor => ThresholdUnit.Count,
                _ => ThresholdUnit.Duration,
            })),
        new(
            "growth",
            ThresholdSource.Containers,
            [Phase],
            new Dictionary<string, ThresholdUnit>
            {
                [Growths.Memory] = ThresholdUnit.Bytes,
                [Growths.Disk] = ThresholdUnit.Bytes,
                [Growths.Handles] = ThresholdUnit.Growth,
                [Growths.Sessions] = ThresholdUnit.Growth,
            }),
        new(
            "regression",
            ThresholdSource.EarlierRuns,
            [Stage],
            new Dictionary<string, ThresholdUnit>
            {
                [Percentile] = ThresholdUnit.Share,
                [Regressions.Throughput] = ThresholdUnit.Share,
                [Regressions.Errors] = ThresholdUnit.Share,
            }),
    ];

    private static Dictionary<string, ThresholdUnit> Of(string aggregate, ThresholdUnit unit) =>
        new() { [aggregate] = unit };
}
