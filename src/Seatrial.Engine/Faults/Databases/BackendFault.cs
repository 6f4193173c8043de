using Npgsql;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Databases;

/// <summary>
/// Kills one of the database's processes with SIGKILL. The server then can't trust its shared memory: it ends all
/// sessions and recovers.
/// </summary>
internal sealed class BackendFault(FaultScene scene, FaultOrder order) : IFault
{
    private int _backend;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var database = scene.DatabaseOf(order);
        var server = scene.Environment.Containers.First(one => one.Service == database.Service);
        var host = await scene.HostOfAsync(server, cancellationToken);
        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        var found = await scene.UntilAsync(
            async () => await Sessions.OfAsync(session, scene, order.Target, cancellationToken) is { Length: > 0 } some
                ? some : null,
            cancellationToken);
        _backend = found[(int)(order.Seed % (ulong)found.Length)];
        var process = host.Group("cpu").Processes().FirstOrDefault(one => HostProcesses.InnerId(one) == _backend);
        return HostProcesses.Kill(process, server.Id)
            ? $"SIGKILL to backend {_backend} of {server.ShortName}, which served {order.Target.ShortName}"
            : throw new FaultNotSeenException($"Backend {_backend} is not to be seen from this host.");
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        if (_backend == 0)
        {
            throw new FaultNotSeenException("No backend was killed.");
        }

        return await scene.UntilAsync(() => GoneAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> HealAsync(CancellationToken cancellationToken) =>
        Task.FromResult("nothing to heal: the server recovers by itself");

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var database = scene.DatabaseOf(order);
        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        var server = scene.Environment.Containers.First(one => one.Service == database.Service);
        return $"it answers, and {await Lives.SeeHealthyAsync(scene, server, cancellationToken)}";
    }

    /// <summary>Null while it is there, and while the server ends the session that asks, as it does all
    /// others.</summary>
    private async Task<string?> GoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
            return await Sessions.AliveAsync(session, [_backend], cancellationToken) == 0
                ? $"backend {_backend} is gone" : null;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
