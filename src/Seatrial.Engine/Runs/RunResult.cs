using System.Text.Json.Serialization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Runs;

/// <summary>A run as it ended: what reports are drawn from, and, as <c>report.json</c>, what machines read.</summary>
public sealed record RunResult
{
    public required Verdict Verdict { get; init; }

    /// <summary>The process's exit code, as a number.</summary>
    public required int ExitCode { get; init; }

    public required string RunId { get; init; }

    /// <summary>The system's name.</summary>
    public required string System { get; init; }

    /// <summary>The command line that repeats the run.</summary>
    public required string Command { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Why the run ended before its end, and how far it came; null when it ran to its end.</summary>
    public string? StoppedBecause { get; init; }

    public required IReadOnlyList<SuiteResult> Suites { get; init; }

    /// <summary>Where the time went, in order.</summary>
    public IReadOnlyList<StepTiming> Steps { get; init; } = [];

    public IReadOnlyList<ImageUse> Images { get; init; } = [];

    /// <summary>Engine, host, versions, program: name and value.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it is compared with others by: for the run store, and too long for <c>report.json</c>.</summary>
    [JsonIgnore]
    public RunMeasurements Measurements { get; init; } = RunMeasurements.None;
}

/// <summary>One suite's part.</summary>
public sealed record SuiteResult
{
    public required string Name { get; init; }

    public required Verdict Verdict { get; init; }

    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public IReadOnlyList<FaultRecord> Faults { get; init; } = [];

    /// <summary>Kinds of faults that were to be tried and can't be had here, with the reason.</summary>
    public IReadOnlyList<MissingFault> MissingFaults { get; init; } = [];

    /// <summary>What each fault cost, in their order; empty where it is not measured.</summary>
    public IReadOnlyList<FaultFigures> Recovery { get; init; } = [];

    /// <summary>By queue, in the order of the way through them.</summary>
    public IReadOnlyList<QueueSummary> Queues { get; init; } = [];

    public IReadOnlyList<WorkerShare> Workers { get; init; } = [];

    /// <summary>When the trial's load began: the zero of <see cref="Series"/>.</summary>
    public DateTimeOffset? LoadStartedAt { get; init; }

    /// <summary>Per second and queue, from the log.</summary>
    public IReadOnlyList<QueueSeries> Series { get; init; } = [];

    /// <summary>How long records were in a queue, per second of their completion.</summary>
    public LatencySeries? Latency { get; init; }

    /// <summary>What was measured under an open load; null without one.</summary>
    public PerformanceResult? Performance { get; init; }

    /// <summary>What containers and database used, and what held them up; null where it was not watched.</summary>
    public PerformanceReport? Resources { get; init; }

    /// <summary>Output of containers that died, by container.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Logs { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>Totals of a queue, from the log.</summary>
public sealed record QueueSummary(
    string Queue, long Enqueued, long Claims, long Releases, long Expiries, long Done, long Dead, long Effects)
{
    /// <summary>Records that were claimed more than once: waste, not an offence. Null when not counted.</summary>
    public long? Redelivered { get; init; }
}

/// <summary>What one worker did, from the log; no container when its owner could not be matched to one.</summary>
public sealed record WorkerShare(string Owner, string? Container, string Queue, long Claims, long Done);

/// <summary>Counts per second since the load began; element i covers [i, i+1) seconds.</summary>
public sealed record QueueSeries(
    string Queue, IReadOnlyList<long> Enqueued, IReadOnlyList<long> Done, IReadOnlyList<long> Backlog);

/// <summary>
/// Seconds from a record's coming into a queue to its completion there, of all queues, by the second of the completion
/// since the load began: the middle one, and that of the slowest hundredth. Null where none was completed.
/// </summary>
public sealed record LatencySeries(IReadOnlyList<double?> P50, IReadOnlyList<double?> P99);

/// <summary>A step of the run.</summary>
public sealed record StepTiming(string Name, TimeSpan Duration, string Detail);

/// <summary>An image that the run used.</summary>
public sealed record ImageUse(string Service, string Reference, string Id);
