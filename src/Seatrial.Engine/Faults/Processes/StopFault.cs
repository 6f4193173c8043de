using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// Stops a container as an operator does, with its own signal and time; it stays down until it is healed, or, where
/// <paramref name="again"/> says so, is started at once.
/// </summary>
internal sealed class StopFault(FaultScene scene, FaultOrder order, bool again) : IFault
{
    private DateTimeOffset? _since;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        _since = state.StartedAt;
        var driver = scene.Driver.Containers as ICanStop
            ?? throw new FaultNotSeenException("This driver can't stop a container.");
        await driver.StopAsync(order.Target.Id, state.StopGracePeriod, cancellationToken);
        return again
            ? $"{order.Target.ShortName} stopped; {await Lives.StartAsync(scene, order.Target, cancellationToken)}"
            : $"{order.Target.ShortName} stopped";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var since = _since ?? throw new FaultNotSeenException("Nothing was stopped.");
        var exitCode = await Lives.ExitCodeAsync(scene, order.Target, since, cancellationToken);
        return $"the engine saw {order.Target.ShortName} end with exit code {exitCode}";
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken) => _since is null
        ? "nothing to start" : await Lives.StartAsync(scene, order.Target, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ConfirmHealedAsync(CancellationToken cancellationToken) =>
        Lives.SeeHealthyAsync(scene, order.Target, cancellationToken);
}
