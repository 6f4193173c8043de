using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>The engine of a simulation: its clock and its events.</summary>
internal sealed class SimulatedEngine(TimeProvider clock) : IEngine
{
    private readonly Lock _lock = new();
    private readonly List<EngineEvent> _events = [];
    private readonly List<Channel<EngineEvent>> _watchers = [];

    public Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new EngineDescription
        {
            Version = "simulated 1",
            ApiVersion = "1.41",
            OperatingSystem = "none",
            Architecture = "none",
            Cpus = 1,
            Memory = 1 << 30,
            Clock = clock.GetUtcNow(),
            SharesHost = false,
        });

    public async IAsyncEnumerable<EngineEvent> WatchAsync(
        string label, string? value, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<EngineEvent>();
        lock (_lock)
        {
            foreach (var told in _events.Where(told => told.At >= since))
            {
                channel.Writer.TryWrite(told);
            }

            _watchers.Add(channel);
        }

        // Not ReadAllAsync, which leaves the caller's thread, and with it virtual time.
        while (await channel.Reader.WaitToReadAsync(cancellationToken))
        {
            while (channel.Reader.TryRead(out var told))
            {
                if (told.Labels.TryGetValue(label, out var has) && (value is null || value == has))
                {
                    yield return told;
                }
            }
        }
    }

    public void Tell(SimulatedContainer container, EngineEventKind kind)
    {
        var told = new EngineEvent(
            clock.GetUtcNow(),
            kind,
            container.Id,
            kind is EngineEventKind.Died ? container.ExitCode : null,
            container.Request.Labels);
        lock (_lock)
        {
            _events.Add(told);
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(told));
        }
    }
}
