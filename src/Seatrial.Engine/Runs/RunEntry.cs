using Seatrial.Engine.Checks;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Runs;

/// <summary>A run as the store keeps it: what a list and a comparison need, whatever becomes of its folder.</summary>
public sealed record RunEntry
{
    /// <summary>The suite of a run that is a part of a comparison: of other images, settings, or
    /// numbers of workers.</summary>
    public const string Comparison = "compare";

    public required string Id { get; init; }

    public required string System { get; init; }

    public required string Suite { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Why it ended before its end; null when it did not.</summary>
    public string? StoppedBecause { get; init; }

    /// <summary>Records that it was to put in; 0 where that is not said.</summary>
    public int Records { get; init; }

    /// <summary>As <see cref="RunKind"/> has it.</summary>
    public string Load { get; init; } = "";

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>What kind of machine it ran on, in words: runs of two kinds are not compared blindly.</summary>
    public required string Machine { get; init; }

    /// <summary>The ids of its images, by service.</summary>
    public required IReadOnlyDictionary<string, string> Images { get; init; }

    /// <summary>The folder with its reports and evidence.</summary>
    public required string Folder { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<RunMetric> Metrics { get; init; } = [];

    /// <summary>Whether another did the same, on the same kind of machine: what it can be held against.</summary>
    public bool IsLike(RunEntry other) =>
        System == other.System && Suite == other.Suite && Machine == other.Machine && Records == other.Records
        && Load == other.Load;

    /// <summary>Of a run's result.</summary>
    public static RunEntry Of(RunResult result, RunKind kind, string folder) => new()
    {
        Id = result.RunId,
        System = result.System,
        Suite = kind.Suite,
        Seed = result.Seed,
        StartedAt = result.StartedAt,
        Duration = result.Duration,
        Verdict = result.Verdict,
        StoppedBecause = result.StoppedBecause,
        Records = kind.Records,
        Load = kind.Load,
        Version = result.Environment.GetValueOrDefault("seatrial", "unknown"),
        Machine = MachineOf(result.Environment),
        Images = result.Images.ToDictionary(image => image.Service, image => image.Id),
        Folder = folder,
        Command = result.Command,
        Metrics = result.Measurements.Metrics,
    };

    private static string MachineOf(IReadOnlyDictionary<string, string> environment) =>
        environment.Count == 0 ? "unknown" : string.Join(", ", new[]
        {
            environment.GetValueOrDefault("host", "unknown"),
            environment.GetValueOrDefault("architecture", "unknown"),
            environment.GetValueOrDefault("cpus", "unknown") + " cpus",
            environment.GetValueOrDefault("memory", "unknown"),
        });
}
