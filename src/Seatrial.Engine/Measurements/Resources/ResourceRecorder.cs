using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>
/// Looks again and again at what the kernel has counted of each container, and writes it down. Containers may come and
/// go; those that are not on this host are not seen.
/// </summary>
internal sealed class ResourceRecorder(IContainerDriver driver, MonitoredSystem system, TimeProvider clock)
{
    private const int EntriesPerBlock = 512;

    private static readonly TimeSpan _betweenWholeLooks = TimeSpan.FromSeconds(1);

    private readonly KernelFiles _files = new();
    private readonly List<RuntimeProbe> _probes = [];
    private readonly Dictionary<string, Life> _lives = [];
    private readonly Life _host = new(null, null, null);
    private int _told;
    private DateTimeOffset _wholeAt;

    /// <summary>Ends by cancellation, with the file whole.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await using var file = ResourceFile.Create(system.Folder, system.Every);
        using var timer = new PeriodicTimer(system.Every, clock);
        string? failure = null;
        try
        {
            do
            {
                await LookAsync(file, http, cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The trial is over.
        }
        catch (SeatrialException broken)
        {
            failure = broken.Problems[0].What;
        }

        await Task.WhenAll(_probes.Select(probe => probe.EndAsync()));
        await file.CompleteAsync(new ResourceEnd(failure));
    }

    private async Task LookAsync(BlockFileWriter file, HttpClient http, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var isWhole = at - _wholeAt >= _betweenWholeLooks;
        _wholeAt = isWhole ? at : _wholeAt;
        foreach (var container in system.Containers())
        {
            if (!_lives.TryGetValue(container.Id, out var life))
            {
                if (await BeginAsync(container, http, cancellationToken) is not { } begun)
                {
                    continue;
                }

                life = begun;
                _lives.Add(container.Id, life);
            }

            if (life.Meter?.Read(clock.GetUtcNow(), isWhole) is { } sample)
            {
                Append(file, life, isWhole ? sample with { Runtime = life.Probe?.Take(cancellationToken) } : sample);
            }
            else
            {
                _lives.Remove(container.Id);
            }
        }

        // The machine that containers run on elsewhere is not this one.
        if (_told > 0)
        {
            Append(file, _host, new HostMeter(_files).Read(clock.GetUtcNow()));
        }

        if (file.Pending >= EntriesPerBlock)
        {
            await file.FlushAsync();
        }
    }

    private async Task<Life?> BeginAsync(
        RunningContainer container, HttpClient http, CancellationToken cancellationToken)
    {
        var state = await driver.Containers.InspectAsync(container.Id, cancellationToken);
        if (state is null || ContainerMeter.Of(state, _files) is not { } meter)
        {
            return null;
        }

        var probe = system.Metrics(container) is { } metrics ? new RuntimeProbe(http, metrics) : null;
        if (probe is not null)
        {
            _probes.Add(probe);
        }

        return new Life(container, meter, probe);
    }

    private void Append(BlockFileWriter file, Life life, ResourceSample sample)
    {
        var isFirst = life.Number is null;
        var number = life.Number ??= _told++;
        file.Append(
            new ResourceEntry(
                number,
                isFirst ? life.Container?.ShortName ?? ResourceSeries.Host : null,
                isFirst ? life.Container?.Service : null,
                isFirst ? life.Container?.Addresses.Values.ToList() : null,
                sample),
            ResourceFile.Write);
    }

    private sealed class Life(RunningContainer? container, ContainerMeter? meter, RuntimeProbe? probe)
    {
        public RunningContainer? Container => container;

        public ContainerMeter? Meter => meter;

        public RuntimeProbe? Probe => probe;

        /// <summary>In the file, from the first sample on.</summary>
        public int? Number { get; set; }
    }
}
