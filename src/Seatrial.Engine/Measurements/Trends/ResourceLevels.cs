using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements.Trends;

/// <summary>What a container or the database held at each instant, where that was seen.</summary>
internal static class ResourceLevels
{
    /// <summary>Bytes that no file backs; a process without any is one whose memory is not counted here.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Value)> Memory(ResourceSeries series) =>
        Of(series, sample => sample.Anonymous > 0 ? sample.Anonymous : null);

    /// <summary>Open file handles.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Value)> Handles(ResourceSeries series) =>
        Of(series, sample => sample.Files);

    /// <summary>Bytes of output that the engine keeps.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Value)> Output(ResourceSeries series) =>
        Of(series, sample => sample.Log);

    /// <summary>Sessions at the database.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Value)> Sessions(
        PerformanceEvidence evidence, ResourceSeries series)
    {
        if (series.Samples.Count == 0 || series.Addresses.Count == 0)
        {
            return [];
        }

        var life = new Window(series.Samples[0].At, series.Samples[^1].At);
        return
        [
            .. (evidence.Database?.Samples ?? [])
                .Where(sample => sample.Failure is null && life.Holds(sample.At))
                .Select(sample => (sample.At, (double)sample.Sessions
                    .Where(session => series.Addresses.Contains(session.Address)).Sum(session => session.Count))),
        ];
    }

    /// <summary>Bytes of the database.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Value)> Database(PerformanceEvidence evidence) =>
    [
        .. (evidence.Database?.Samples ?? [])
            .Where(sample => sample.Counters is { Size: > 0 })
            .Select(sample => (sample.At, (double)(sample.Counters?.Size ?? 0))),
    ];

    private static IReadOnlyList<(DateTimeOffset At, double Value)> Of(
        ResourceSeries series, Func<ResourceSample, long?> level) =>
    [
        .. series.Samples.Select(sample => (sample.At, Level: level(sample)))
            .Where(sample => sample.Level is not null)
            .Select(sample => (sample.At, (double)sample.Level.GetValueOrDefault())),
    ];
}
