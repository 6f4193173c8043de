
namespace Seatrial.Engine.Faults.Databases;

/// <summary>Ends the sessions that a container has with the database, as an administrator would.</summary>
internal sealed class SessionsFault(FaultScene scene, FaultOrder order) : IFault
{
    private int[] _ended = [];

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        _ended = await scene.UntilAsync(
            async () => await Sessions.OfAsync(session, scene, order.Target, cancellationToken) is { Length: > 0 } found
                ? found : null,
            cancellationToken);
        await DatabaseAccess.AskAsync<long>(
            session, "select count(pg_terminate_backend(pid)) from unnest(@it) pid", _ended, cancellationToken);
        return $"{_ended.Length} sessions of {order.Target.ShortName} terminated";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        return await scene.UntilAsync(
            async () => await Sessions.AliveAsync(session, _ended, cancellationToken) == 0 && _ended.Length > 0
                ? $"none of the {_ended.Length} is left" : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> HealAsync(CancellationToken cancellationToken) =>
        Task.FromResult("nothing to heal: sessions may be opened anew");

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        var open = await scene.UntilAsync(
            async () => await Sessions.OfAsync(session, scene, order.Target, cancellationToken) is { Length: > 0 } found
                ? found : null,
            cancellationToken);
        return $"{open.Length} new sessions are open";
    }
}
