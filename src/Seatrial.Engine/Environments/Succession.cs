using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// How a container takes the place of one that is there. The old one gives its name away and works on until the new one
/// can start; stopped, it is kept until nobody can want it back.
/// </summary>
internal sealed class Succession(EnvironmentSession session, PlannedContainer container, ExistingContainer old)
{
    private const int IdDigits = 12;

    private string? _new;
    private bool _isAside;
    private bool _isStopped;
    private bool _isOver;

    /// <summary>Whether the new one runs before the old one is stopped.</summary>
    public bool StartsFirst { get; } = container.Request.Service.Deploy.Update is { Order: "start-first" }
        && container.Request.Service.Ports.All(port => port.HostPort is null);

    /// <summary>The old one gives its name to the new one, which is created; else all is as before.</summary>
    public async Task<string> CreateAsync(Func<Task<string>> create)
    {
        _isAside = true;
        await NameAsync($"{old.Id[..IdDigits]}_{container.Name}");
        try
        {
            return _new = await create();
        }
        catch (SeatrialException)
        {
            await ReturnAsync();
            throw;
        }
    }

    public async Task StopOldAsync()
    {
        session.Report(container, ResourceState.Stopping);
        await Stopping().StopAsync(old.Id, container.Request.Service.StopGracePeriod, CancellationToken.None);
        _isStopped = true;
        session.Report(container, ResourceState.Stopped);
    }

    /// <summary>Nobody can want the old one back.</summary>
    public async Task EndAsync()
    {
        if (!_isOver)
        {
            _isOver = true;
            await session.Driver.Containers.RemoveAsync(
                old.Id, container.Request.Service.StopGracePeriod, CancellationToken.None);
        }
    }

    /// <summary>After a start that was cut short: the old one where it still runs, else the new one, alone.</summary>
    public async Task SettleAsync(bool isReady)
    {
        if (_isOver || !_isAside)
        {
            return;
        }

        if (_isStopped || isReady)
        {
            await EndAsync();
        }
        else
        {
            await RemoveNewAsync();
            await ReturnAsync();
        }
    }

    /// <summary>
    /// Brings the old one back; ends when it is as it was. False where it never went, or is gone.
    /// </summary>
    public async Task<bool> RestoreAsync(string order, CancellationToken cancellationToken)
    {
        if (_isOver || !_isAside)
        {
            return false;
        }

        session.Report(container, ResourceState.RollingBack);
        if (order is not "start-first")
        {
            await RemoveNewAsync();
        }

        if (_isStopped && old.IsRunning)
        {
            var before = session.Events.SoFar.Count;
            await session.Driver.Containers.StartAsync(old.Id, CancellationToken.None);
            await HealthyAsync(before, cancellationToken);
        }

        await RemoveNewAsync();
        await ReturnAsync();
        session.Report(container, ResourceState.RolledBack);
        return true;
    }

    private async Task HealthyAsync(int eventsBefore, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var healthy = new ContainerStarter(session).HealthyAsync(container, old.Id, end.Token);
        var death = DeathWatch.OfAsync(session, container, old.Id, end.Token, eventsBefore);
        try
        {
            await await Task.WhenAny(healthy, death);
        }
        finally
        {
            end.Cancel();
            await Task.WhenAll(healthy, death).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task RemoveNewAsync()
    {
        if (_new is { } id)
        {
            _new = null;
            await session.Driver.Containers.RemoveAsync(
                id, container.Request.Service.StopGracePeriod, CancellationToken.None);
        }
    }

    private async Task ReturnAsync()
    {
        _isAside = false;
        await NameAsync(container.Name);
    }

    private Task NameAsync(string name) => session.Driver.Containers is ICanRename renaming
        ? renaming.RenameAsync(old.Id, name, CancellationToken.None)
        : throw new SeatrialException(
            ExitCode.Unavailable, "This engine can't rename containers.", "engine",
            "Take the system down, then up: seatrial down");

    private ICanStop Stopping() => Standing.Stopping.Of(session.Driver);
}
