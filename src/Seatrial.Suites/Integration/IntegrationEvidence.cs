using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Integration;

/// <summary>What was seen of records on their way from HTTP to their results; kept beside the history.</summary>
internal sealed record IntegrationEvidence
{
    private const string FileName = "integration.json";

    public IReadOnlyList<SentRecord> Sent { get; init; } = [];

    /// <summary>What was sent a second time.</summary>
    public IReadOnlyList<SentRecord> Repeated { get; init; } = [];

    /// <summary>Requests that had to be refused.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>How often the entrance said "later".</summary>
    public int Retries { get; init; }

    public IReadOnlyList<FollowedRecord> Followed { get; init; } = [];

    public Published? Published { get; init; }

    public IReadOnlyList<TracedRow> Rows { get; init; } = [];

    /// <summary>Null where the system names no Prometheus.</summary>
    public Scraped? Scraped { get; init; }

    /// <summary>Null where the system names nobody who is told.</summary>
    public AlertSeen? Alert { get; init; }

    /// <summary>Null where no Prefect runs.</summary>
    public PrefectSeen? Prefect { get; init; }

    public async Task SaveAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path.Combine(folder.Path, FileName));
        await JsonSerializer.SerializeAsync(
            file, this, IntegrationJson.Default.IntegrationEvidence, cancellationToken);
    }

    /// <exception cref="SeatrialException">It is not there, or damaged.</exception>
    public static async Task<IntegrationEvidence> LoadAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Path, FileName);
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(
                file, IntegrationJson.Default.IntegrationEvidence, cancellationToken)
                ?? throw new JsonException("The file holds null.");
        }
        catch (Exception damage) when (damage is IOException or JsonException)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                [new Problem
                {
                    What = "What the integration suite saw can't be read.",
                    Where = path,
                    Why = damage.Message,
                    Fix = "Restore the run's folder from where it was kept, or run the trial again.",
                }],
                damage);
        }
    }
}

/// <summary>A record that was sent: its id where it was taken in, else the status and the reason.</summary>
internal sealed record SentRecord(string Key, string Trace, int Status, string? Id, bool IsNew, string? Reason);

/// <summary>A request that is wrong, and what came back; status 0 is no answer.</summary>
internal sealed record Refusal(string What, int Expected, int Status, string Reason);

/// <summary>Where a record was when it was last asked for.</summary>
internal sealed record FollowedRecord(
    string Key, string Queue, string State, IReadOnlyList<string> Done, double Seconds, string? Reason)
{
    /// <summary>The state of one that nobody told of.</summary>
    public const string Unanswered = "unanswered";
}

/// <summary>How many records the published rows count, before and after, and whether an unchanged page was not sent
/// again; null where nobody answered.</summary>
internal sealed record Published(long? Before, long? After, int Rows, bool? NotModified, string? Reason);

/// <summary>The trace that a record's row bore when it came into a queue.</summary>
internal sealed record TracedRow(string Key, string Queue, string? Trace);

/// <summary>What Prometheus has: its targets, and counts of records by queue.</summary>
internal sealed record Scraped(
    IReadOnlyList<ScrapedTarget> Targets, IReadOnlyDictionary<string, long> Handled, long? Ended, int Expected,
    string? Reason)
{
    /// <summary>Whether it scrapes as many workers as there are.</summary>
    public bool HasWorkers(out int workers) => (workers = Targets.Count(target => target.Job == "workers")) == Expected;
}

/// <summary>What Prometheus scrapes.</summary>
internal sealed record ScrapedTarget(string Job, string Instance, bool IsUp);

/// <summary>An alert on its way to who is on duty; null instants where it did not come.</summary>
internal sealed record AlertSeen(string Name, DateTimeOffset? StartedAt, double? AfterSeconds, string? Reason);

/// <summary>What Prefect shows, by flow.</summary>
internal sealed record PrefectSeen(IReadOnlyList<PrefectFlow> Flows, string? Reason);

/// <summary>Runs of a flow, and the records that they ended.</summary>
internal sealed record PrefectFlow(string Flow, int Runs, IReadOnlyList<string> States, long Ended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IntegrationEvidence))]
internal sealed partial class IntegrationJson : JsonSerializerContext;
