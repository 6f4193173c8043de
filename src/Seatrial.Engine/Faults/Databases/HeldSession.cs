using Npgsql;

namespace Seatrial.Engine.Faults.Databases;

/// <summary>
/// A fault that is one session with an open transaction; the server itself ends it when this program is gone.
/// </summary>
/// <param name="scene">Where.</param>
/// <param name="order">For whom.</param>
/// <param name="statements">What the transaction begins with.</param>
/// <param name="evidence">A query with the session's process as <c>@it</c>, for a text that is null until it
/// shows.</param>
internal sealed class HeldSession(
    FaultScene scene, FaultOrder order, Func<FaultScene, string> statements, string evidence) : IFault
{
    private NpgsqlConnection? _held;
    private int _backend;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        _held = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        _backend = _held.ProcessID;
        await using var command = new NpgsqlCommand(statements(scene), _held);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return $"session {_backend}: {statements(scene)}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        return await scene.UntilAsync(
            () => DatabaseAccess.AskAsync<string>(session, evidence, _backend, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_held is null)
        {
            return "no session to end";
        }

        await _held.DisposeAsync();
        return $"session {_backend} ended";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        return await scene.UntilAsync(
            async () => await Sessions.AliveAsync(session, [_backend], cancellationToken) == 0
                ? $"session {_backend} is gone" : null,
            cancellationToken);
    }
}
