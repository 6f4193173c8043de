using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Resources;

/// <summary>Writes limits into a container's control groups, and afterwards what stood there.</summary>
/// <param name="scene">Where.</param>
/// <param name="order">For whom.</param>
/// <param name="choose">What to write, in order; written back in the opposite one.</param>
/// <param name="felt">A count that grows where the limit is felt.</param>
internal sealed class LimitFault(
    FaultScene scene,
    FaultOrder order,
    Func<ContainerHost, FaultOrder, IReadOnlyList<GroupSetting>> choose,
    Func<ContainerHost, (string Name, long Count)> felt) : IFault
{
    /// <summary>A quiet container may not feel a limit at all, and it is in force all the same.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private ContainerHost? _host;
    private IReadOnlyList<GroupSetting> _settings = [];
    private long _before;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        (_host, _settings, _before) = (host, choose(host, order), felt(host).Count);
        foreach (var setting in _settings)
        {
            setting.Group.Write(setting.File, setting.Value);
        }

        return string.Join(", ", _settings.Select(
            setting => $"{setting.File} of {order.Target.ShortName} = {setting.Value}"));
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var host = Host;
        foreach (var setting in _settings)
        {
            var read = setting.Group.Read(setting.File);
            if (!setting.Shows(read))
            {
                throw new FaultNotSeenException($"{setting.File} reads {read}, not {setting.Value}.");
            }
        }

        var since = scene.Clock.GetTimestamp();
        while (felt(host).Count == _before && scene.Clock.GetElapsedTime(since) < _patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), scene.Clock, cancellationToken);
        }

        var (name, count) = felt(host);
        return $"read back as written; {name} grew by {count - _before}";
    }

    /// <inheritdoc/>
    public Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_host is not { IsAlive: true })
        {
            return Task.FromResult("nothing to lift: the control groups are gone");
        }

        foreach (var setting in _settings.Reverse())
        {
            setting.Group.Write(setting.File, setting.Before);
        }

        return Task.FromResult("what was there before is written back");
    }

    /// <inheritdoc/>
    public Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        if (!Host.IsAlive)
        {
            throw new FaultNotSeenException($"{order.Target.ShortName} ended while it was limited.");
        }

        var still = _settings.Where(setting => setting.Shows(setting.Group.Read(setting.File))
            && setting.Value != setting.Before).ToList();
        return still.Count == 0
            ? Task.FromResult("no limit of ours is left")
            : throw new FaultNotSeenException($"{still[0].File} still reads {still[0].Value}.");
    }

    private ContainerHost Host => _host ?? throw new FaultNotSeenException("Nothing was limited.");
}
