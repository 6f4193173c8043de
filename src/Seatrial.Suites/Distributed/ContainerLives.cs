using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>From when to when each container could work, and which died without being wanted dead.</summary>
internal sealed class ContainerLives(RunningEnvironment environment, Func<RunningContainer, bool> isWantedDead)
{
    private readonly Lock _lock = new();
    private readonly List<Casualty> _casualties = [];
    private readonly HashSet<string> _outOfMemory = [];
    private readonly Dictionary<string, Life> _lives = [];

    /// <summary>So far, in order.</summary>
    public IReadOnlyList<Casualty> Casualties
    {
        get
        {
            lock (_lock)
            {
                return [.. _casualties];
            }
        }
    }

    /// <summary>Follows the engine's events, those from before the call too; ends by cancellation.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var told in environment.WatchAsync(cancellationToken))
        {
            lock (_lock)
            {
                Note(told);
            }
        }
    }

    /// <summary>The containers that served a queue, with the owners that the log shows in them.</summary>
    public IReadOnlyList<WorkerLife> Workers(LiveCounts counts, IReadOnlyList<string> stages)
    {
        lock (_lock)
        {
            return
            [
                .. _lives
                    .SelectMany(life => LivesOf(environment.Find(life.Key), life.Value, counts, stages)),
            ];
        }
    }

    private static IEnumerable<WorkerLife> LivesOf(
        RunningContainer? container, Life life, LiveCounts counts, IReadOnlyList<string> stages)
    {
        if (container is null)
        {
            yield break;
        }

        var owners = counts.Owners.Where(owner => OwnerNames.IsOf(owner.Key, container)).ToList();
        foreach (var (owner, did) in owners)
        {
            yield return new WorkerLife(owner, container.ShortName, did.Queue, life.ReadyAt, life.EndedAt);
        }

        // One that never claimed anything is a worker too, where its service is named after its queue.
        if (owners.Count == 0 && stages.Contains(container.Service))
        {
            yield return new WorkerLife(null, container.ShortName, container.Service, life.ReadyAt, life.EndedAt);
        }
    }

    private void Note(EngineEvent told)
    {
        switch (told.Kind)
        {
            case EngineEventKind.Started:
                _lives[told.ContainerId] = new Life(told.At, IsHealthy: false, null);
                break;
            case EngineEventKind.Healthy when _lives.TryGetValue(told.ContainerId, out var life) && !life.IsHealthy:
                // What it had no chance to do while it started is nobody's share.
                _lives[told.ContainerId] = life with { ReadyAt = told.At, IsHealthy = true };
                break;
            case EngineEventKind.OutOfMemory:
                _outOfMemory.Add(told.ContainerId);
                break;
            case EngineEventKind.Died:
                _lives[told.ContainerId] = _lives.GetValueOrDefault(told.ContainerId) with { EndedAt = told.At };
                NoteDeath(told);
                break;
            default:
                break;
        }
    }

    private void NoteDeath(EngineEvent told)
    {
        if (environment.Find(told.ContainerId) is { } container && !isWantedDead(container))
        {
            _casualties.Add(new Casualty(
                container.ShortName, told.ContainerId, told.ExitCode, _outOfMemory.Contains(
                    told.ContainerId), told.At));
        }
    }

    private readonly record struct Life(DateTimeOffset ReadyAt, bool IsHealthy, DateTimeOffset? EndedAt);
}
