namespace Seatrial.Engine.Faults;

/// <summary>One fault on several containers: each step on all at once, even when it fails on one.</summary>
internal sealed class FaultGroup(IReadOnlyList<IFault> faults) : IFault
{
    /// <inheritdoc/>
    public Task<string> InjectAsync(CancellationToken cancellationToken) =>
        EachAsync(fault => fault.InjectAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<string> ConfirmAsync(CancellationToken cancellationToken) =>
        EachAsync(fault => fault.ConfirmAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<string> HealAsync(CancellationToken cancellationToken) =>
        EachAsync(fault => fault.HealAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<string> ConfirmHealedAsync(CancellationToken cancellationToken) =>
        EachAsync(fault => fault.ConfirmHealedAsync(cancellationToken));

    private async Task<string> EachAsync(Func<IFault, Task<string>> step) =>
        string.Join("; ", await Task.WhenAll(faults.Select(step)));
}
