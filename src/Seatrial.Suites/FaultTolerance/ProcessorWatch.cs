using Seatrial.Engine.Environments;
using Seatrial.Engine.Recovery;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>Looks four times a second at what the kernel has counted of the processor time of each worker.</summary>
internal sealed class ProcessorWatch(TestEnvironment environment, TimeProvider clock)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly List<Life> _lives = [];

    /// <summary>One a life: a container that was started again has a further one.</summary>
    public IReadOnlyList<ProcessorUse> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _lives.Select(life => new ProcessorUse(life.Container.ShortName, [.. life.Samples]))];
            }
        }
    }

    /// <summary>Ends by cancellation.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var container in environment.Containers.Containers.Where(IsWorker).ToList())
            {
                await LookAsync(container, cancellationToken);
            }

            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }

    private bool IsWorker(RunningContainer container) =>
        environment.Plan.Spec.Mapping.Stages.Contains(container.Service);

    private async Task LookAsync(RunningContainer container, CancellationToken cancellationToken)
    {
        var life = _lives.Find(one => one.Container.Id == container.Id && !one.IsOver);
        if (life is null)
        {
            if (await ProcessorTime.OfAsync(environment.Driver, container.Id, cancellationToken) is not { } time)
            {
                return;
            }

            life = new Life(container, time);
            lock (_lock)
            {
                _lives.Add(life);
            }
        }

        lock (_lock)
        {
            life.Look(clock.GetUtcNow());
        }
    }

    private sealed class Life(RunningContainer container, ProcessorTime time)
    {
        public RunningContainer Container => container;

        public List<ProcessorSample> Samples { get; } = [];

        public bool IsOver { get; private set; }

        public void Look(DateTimeOffset at)
        {
            if (time.Read() is { } seconds)
            {
                Samples.Add(new ProcessorSample(at, seconds));
            }
            else
            {
                IsOver = true;
            }
        }
    }
}
