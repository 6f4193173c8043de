using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Trends;

/// <summary>
/// The good runs before a run, as the store had them when it ended. Kept with the run, so that its verdict is the same
/// whenever it is given again, whatever became of the store.
/// </summary>
public sealed record Baseline
{
    /// <summary>Of the last one, which the run is held against.</summary>
    public required string RunId { get; init; }

    public required IReadOnlyList<RunMetric> Metrics { get; init; }

    public required IReadOnlyList<PackedSeconds> Stages { get; init; }

    /// <summary>Metrics of all of them, the oldest first: what they differ by.</summary>
    public required IReadOnlyList<IReadOnlyList<RunMetric>> Earlier { get; init; }

    /// <summary>Null where there is none.</summary>
    /// <exception cref="SeatrialException">The store is damaged.</exception>
    public static Baseline? Before(RunEntry run, RunStore store)
    {
        if (store.GoodBefore(run) is not [.., var last] earlier)
        {
            return null;
        }

        return new Baseline
        {
            RunId = last.Id,
            Metrics = last.Metrics,
            Stages =
            [
                .. store.Measurements(last).Stages.Select(
                    stage => new PackedSeconds(stage.Stage, stage.Length, stage.Pack())),
            ],
            Earlier = [.. earlier.TakeLast(Spread.MostRuns).Select(good => good.Metrics)],
        };
    }

    /// <summary>What is said of a metric of the run.</summary>
    public MetricChange Compare(RunMeasurements after, MetricName name, double least) => RunComparison.Compare(
        new RunMeasurements
        {
            Metrics = Metrics,
            Stages = [.. Stages.Select(stage => StageSeconds.Unpack(stage.Stage, stage.Length, stage.Data))],
        },
        after, [name], least, metric => Spread.Of(Earlier, metric))[0];
}

/// <summary>A stage's seconds, packed.</summary>
public sealed record PackedSeconds(string Stage, double Length, byte[] Data);
