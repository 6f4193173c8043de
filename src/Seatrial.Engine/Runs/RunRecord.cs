using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Runs;

/// <summary>
/// What is known of a run beside what its judge needs (<see cref="Checks.TrialFacts"/> and the history): with all of
/// them, the result can be given again without running anything.
/// </summary>
public sealed record RunRecord
{
    /// <summary>By reflection: what an older version did not write keeps its default, which generated code sets to
    /// null.</summary>
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public required string RunId { get; init; }

    public required string System { get; init; }

    public required string Command { get; init; }

    public required string Suite { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>How many records the trial was to put in.</summary>
    public required int Records { get; init; }

    /// <summary>As what the run store keeps it, where that is not the suite.</summary>
    public string? KeptAs { get; init; }

    /// <summary>As <see cref="RunKind"/> has it.</summary>
    public string Load { get; init; } = "";

    /// <summary>What it did.</summary>
    [JsonIgnore]
    public RunKind Kind => new(KeptAs ?? Suite, Records, Load);

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan SuiteDuration { get; init; }

    /// <summary>From the command's start to the environment's end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why it ended before everything was done; null when everything was.</summary>
    public required string? StoppedBecause { get; init; }

    /// <summary>Whether the user ended it.</summary>
    public required bool Interrupted { get; init; }

    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    /// <summary>Kinds of faults that were to be tried and can't be had here.</summary>
    public IReadOnlyList<MissingFault> MissingFaults { get; init; } = [];

    /// <summary>What recovery may cost; empty where it is not measured.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>Records a second that a steady load brings into the first queue; null without one.</summary>
    public int? LoadRate { get; init; }

    /// <summary>The database's clients that died, and what it kept of them.</summary>
    public IReadOnlyList<DeadClient> DeadClients { get; init; } = [];

    /// <summary>What was measured has to hold.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>The good runs before it; null where no threshold asks for them, or none was kept.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>What the search for the highest rate came to; null where there was none.</summary>
    public CapacityResult? Capacity { get; init; }

    /// <summary>What the system's HTTP entrance answered to the load; null where it went straight into a
    /// queue.</summary>
    public EntranceAnswers? Entrance { get; init; }

    public required IReadOnlyList<Casualty> Casualties { get; init; }

    /// <summary>Every container that there was, replaced ones too.</summary>
    public required IReadOnlyList<ContainerRecord> Containers { get; init; }

    /// <summary>What its workers were told of what may be turned up.</summary>
    public IReadOnlyList<WorkerSettings> Settings { get; init; } = [];

    public required IReadOnlyList<StepTiming> Steps { get; init; }

    public required IReadOnlyList<ImageUse> Images { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Writes it, whole or not at all.</summary>
    public async Task WriteAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(this, _json);
        await File.WriteAllTextAsync(folder.Record + ".new", json, cancellationToken);
        File.Move(folder.Record + ".new", folder.Record, overwrite: true);
    }

    /// <summary>Reads a kept run's.</summary>
    /// <exception cref="SeatrialException">It is damaged.</exception>
    public static async Task<RunRecord> ReadAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(folder.Record);
            return await JsonSerializer.DeserializeAsync<RunRecord>(file, _json, cancellationToken)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException damage)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                [new Problem
                {
                    What = "The run's record is damaged.",
                    Where = new SourcePosition(folder.Record, (int)(damage.LineNumber ?? 0) + 1, 1).ToString(),
                    Why = damage.Message,
                    Fix = "Restore the run's folder from where it was kept, or run the trial again.",
                }],
                damage);
        }
    }
}

/// <summary>A container of the run; its last output when it died.</summary>
public sealed record ContainerRecord(
    string Name, string Id, string EngineName, IReadOnlyList<string> Addresses, IReadOnlyList<string> LastOutput);

/// <summary>A container that died without a fault having done it.</summary>
public sealed record Casualty(string Container, string Id, int? ExitCode, bool OutOfMemory, DateTimeOffset At);
