using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>
/// The replacement of a service's containers by <c>deploy.update_config</c>: so many at a time, and no further once too
/// many failed.
/// </summary>
internal sealed class ServiceUpdate
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<IReadOnlyList<PlannedContainer>> _waves;
    private readonly Dictionary<PlannedContainer, TaskCompletionSource> _turns = [];
    private readonly Dictionary<PlannedContainer, TaskCompletionSource> _ends = [];
    private readonly Dictionary<PlannedContainer, bool> _failures = [];
    private readonly TaskCompletionSource _done = new();

    private ServiceUpdate(ComposeUpdate policy, IReadOnlyList<PlannedContainer> replaced)
    {
        Policy = policy;
        Replaced = replaced;
        _waves = UpdateWaves.Of(replaced, policy.Parallelism);
        foreach (var container in replaced)
        {
            _turns[container] = new();
            _ends[container] = new();
        }
    }

    public ComposeUpdate Policy { get; }

    /// <summary>In the order in which they are.</summary>
    public IReadOnlyList<PlannedContainer> Replaced { get; }

    public bool RollsBack => Policy.FailureAction is "rollback";

    /// <summary>Ends when the whole of it has succeeded.</summary>
    public Task Done => _done.Task;

    /// <summary>Those that failed so far.</summary>
    public IReadOnlyList<PlannedContainer> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. Replaced.Where(_failures.ContainsKey)];
            }
        }
    }

    /// <summary>Whether more failed than may.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_lock)
            {
                return _failures.ContainsValue(false);
            }
        }
    }

    /// <summary>By service; those that say how they are replaced, and have something to replace.</summary>
    public static IReadOnlyDictionary<string, ServiceUpdate> Of(
        IReadOnlyList<PlannedContainer> containers) => containers
        .Where(container => container.Existing is { Use: ExistingUse.Replace })
        .GroupBy(container => container.Service)
        .Where(service => service.First().Request.Service.Deploy.Update is not null)
        .ToDictionary(
            service => service.Key,
            service => new ServiceUpdate(
                service.First().Request.Service.Deploy.Update ?? new ComposeUpdate(), [.. service]));

    public bool Replaces(PlannedContainer container) => _turns.ContainsKey(container);

    /// <summary>Opens one wave after the other.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var (number, wave) in _waves.Index())
        {
            if (number > 0)
            {
                await Task.Delay(Policy.Delay, clock, cancellationToken);
            }

            foreach (var container in wave)
            {
                _turns[container].TrySetResult();
            }

            await Task.WhenAll(wave.Select(container => _ends[container].Task)).WaitAsync(cancellationToken);
        }
    }

    public Task TurnAsync(PlannedContainer container, CancellationToken cancellationToken) =>
        _turns[container].Task.WaitAsync(cancellationToken);

    /// <summary>It is ready, or has failed.</summary>
    public void End(PlannedContainer container) => _ends[container].TrySetResult();

    /// <summary>All of it is ready, and has been watched for long enough.</summary>
    public void Complete() => _done.TrySetResult();

    /// <summary>Counts a container as failed, once, and says whether the update goes on all the same.</summary>
    public bool Tolerates(PlannedContainer container)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(container, out var isTolerated))
            {
                isTolerated = Policy.FailureAction is "continue"
                    || (double)(_failures.Count + 1) / Replaced.Count <= Policy.MaxFailureRatio;
                _failures[container] = isTolerated;
            }

            return isTolerated;
        }
    }
}
