using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements;

/// <summary>All that is known of how a run went, beside its history.</summary>
public sealed record PerformanceEvidence
{
    private const string Unseen = "No container runs on this host: none of them was seen.";

    public IReadOnlyList<ResourceSeries> Resources { get; init; } = [];

    /// <summary>The database's own view; null where it was not watched.</summary>
    public DatabaseReading? Database { get; init; }

    /// <summary>In the order of the way through them.</summary>
    public IReadOnlyList<StageLoad> Stages { get; init; } = [];

    /// <summary>The zero of the stages' seconds.</summary>
    public required DateTimeOffset Zero { get; init; }

    /// <summary>What the workers were told; those of another framework have none.</summary>
    public IReadOnlyList<WorkerSettings> Settings { get; init; } = [];

    /// <summary>When faults were at work: what is seen then is their doing.</summary>
    public IReadOnlyList<Window> Disturbed { get; init; } = [];

    /// <summary>Why something may be missing.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>What a run's folder holds of it; null where nothing was recorded.</summary>
    public static PerformanceEvidence? Read(string folder, DateTimeOffset zero)
    {
        var (resources, database) = (ResourceFile.Read(folder), DatabaseFile.Read(folder));
        return resources is null && database is null ? null : new PerformanceEvidence
        {
            Resources = resources?.Series ?? [],
            Database = database,
            Zero = zero,
            Gaps =
            [
                .. Gap(ResourceFile.Name, resources?.Damage),
                .. Gap(DatabaseFile.Name, database?.Damage),
                .. resources is { Series.Count: 0 } ? new[] { Unseen } : [],
            ],
        };
    }

    private static IEnumerable<string> Gap(string file, string? damage) =>
        damage is null ? [] : [$"{file} is not whole: {damage}."];
}
