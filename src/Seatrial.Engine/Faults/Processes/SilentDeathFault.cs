using Seatrial.Engine.Faults.Networks;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// A host that is lost: cut off first, so that nobody is told, then killed. Its sessions stay with the database, and so
/// do their locks.
/// </summary>
internal sealed class SilentDeathFault(FaultScene scene, FaultOrder order) : IFault
{
    private readonly PacketFault _cut = new(scene, order, PacketRules.Partition);

    /// <summary>Cut off it may never hold a record again, so its moment is chosen before.</summary>
    private readonly KillFault _kill = new(scene, order, atOnce: true);

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        await scene.WaitUntilHoldingAsync(order.Target, cancellationToken);
        var cut = await _cut.InjectAsync(cancellationToken);
        return $"{cut}; then {await _kill.InjectAsync(cancellationToken)}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var died = await _kill.ConfirmAsync(cancellationToken);
        if (scene.Database is not { } database)
        {
            return died;
        }

        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        var left = await DatabaseAccess.AskAsync<long>(
            session,
            "select count(*) from pg_stat_activity where host(client_addr) = any(@it)",
            order.Target.Addresses.Values.ToArray(),
            cancellationToken);
        return $"{died}, and the database still has {left} sessions of it";
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        var cut = await _cut.HealAsync(cancellationToken);
        return $"{cut}; {await _kill.HealAsync(cancellationToken)}";
    }

    /// <inheritdoc/>
    public Task<string> ConfirmHealedAsync(CancellationToken cancellationToken) =>
        _kill.ConfirmHealedAsync(cancellationToken);
}
