namespace Seatrial.Engine.Faults;

/// <summary>
/// A fault as four steps. Each returns what was seen that shows it, or throws <see cref="FaultNotSeenException"/> when
/// its effect did not show; cancellation passes through. Healing is safe at any time after injection began, twice too.
/// </summary>
public interface IFault
{
    /// <summary>Chooses the target's moment, and breaks it.</summary>
    Task<string> InjectAsync(CancellationToken cancellationToken);

    /// <summary>Sees that it took effect.</summary>
    Task<string> ConfirmAsync(CancellationToken cancellationToken);

    /// <summary>Ends it.</summary>
    Task<string> HealAsync(CancellationToken cancellationToken);

    /// <summary>Sees that it is over.</summary>
    Task<string> ConfirmHealedAsync(CancellationToken cancellationToken);
}

/// <summary>A step of a fault did not show its effect.</summary>
public sealed class FaultNotSeenException(string what) : Exception(what);
