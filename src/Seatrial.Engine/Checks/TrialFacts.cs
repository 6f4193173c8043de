using System.Text.Json;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;

namespace Seatrial.Engine.Checks;

/// <summary>How the wait for the last record ended.</summary>
public enum DrainOutcome
{
    /// <summary>Every record came to an end.</summary>
    Drained,

    /// <summary>The deadline passed with records unfinished: what is unfinished counts as lost.</summary>
    DeadlinePassed,

    /// <summary>The run was stopped before: what is unfinished is not known.</summary>
    Interrupted,
}

/// <summary>
/// What the judge must know of a trial beside its log; kept in the run's folder, so that the verdict can be given
/// again.
/// </summary>
public sealed record TrialFacts
{
    public required DrainOutcome Drain { get; init; }

    /// <summary>The zero of times in findings and series; null takes the first event.</summary>
    public DateTimeOffset? LoadStartedAt { get; init; }

    /// <summary>Whether the client kept a log; then it must be whole.</summary>
    public required bool HasClientLog { get; init; }

    /// <summary>The least part of an even share that each worker of a queue has to do.</summary>
    public double LeastShare { get; init; } = 0.2;

    /// <summary>
    /// The workers' lives, for names and fair shares; an owner that is not here is taken to live to the end.
    /// </summary>
    public IReadOnlyList<WorkerLife> Workers { get; init; } = [];

    /// <summary>The phases of an open load, in their order; empty without one.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; init; } = [];

    /// <summary>By how much the database's clock is at least ahead of the load's; null where it was not looked
    /// at.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Keys of records that are wrong on purpose: given up they end well, and completed they do not.</summary>
    public IReadOnlyList<string> ToBeGivenUp { get; init; } = [];

    /// <summary>Writes them into a run's folder.</summary>
    public async Task SaveAsync(string folder, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path.Combine(folder, EvidenceFiles.Facts));
        await JsonSerializer.SerializeAsync(file, this, EvidenceJson.Options, cancellationToken);
    }

    /// <summary>Reads them from a run's folder.</summary>
    public static async Task<TrialFacts> LoadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, EvidenceFiles.Facts);
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<TrialFacts>(file, EvidenceJson.Options, cancellationToken)
                ?? throw new JsonException("it is null");
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                [
                    new Problem
                    {
                        What = $"The facts of the run can't be read: {exception.Message}",
                        Where = path,
                        Fix = "Name the folder of a run, as 'seatrial trial' left it.",
                    },
                ],
                exception);
        }
    }
}

/// <summary>
/// A worker's life, from when it was ready to work; <see cref="Owner"/> is null for one that never claimed anything.
/// </summary>
public sealed record WorkerLife(
    string? Owner, string Container, string Queue, DateTimeOffset ReadyAt, DateTimeOffset? EndedAt);
