using Npgsql;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Faults;

/// <summary>
/// Takes a fault through its four steps and records each with its instant. What was injected is healed whatever comes
/// between: a step that fails, a time limit, an interruption.
/// </summary>
public sealed class FaultRunner(PlannedFault plan, TimeProvider clock, Action<FaultRecord> moved)
{
    /// <summary>A step that shows nothing for so long will not show anything.</summary>
    private static readonly TimeSpan _stepLimit = TimeSpan.FromSeconds(60);

    /// <summary>The record as it stands.</summary>
    public FaultRecord Record { get; private set; } = new()
    {
        Name = plan.Spec.Kind,
        TargetSpec = $"one of {plan.Spec.Service}",
        Trigger = plan.Trigger,
    };

    /// <summary>
    /// Runs the steps; a step that can't be confirmed ends in the record's failure, not in an exception. Once
    /// <paramref name="over"/> says that all records are done, nothing more is broken.
    /// </summary>
    public async Task RunAsync(IFault fault, CancellationToken over, CancellationToken cancellationToken)
    {
        Move(Record with { Target = plan.Target });
        try
        {
            await InjectAsync(fault, over, cancellationToken);
            await StepAsync("confirm", fault.ConfirmAsync, record =>
                record with { ConfirmedAt = clock.GetUtcNow() }, cancellationToken);
        }
        catch (FaultNotSeenException notSeen)
        {
            Move(Record with { Failure = notSeen.Message });
        }
        finally
        {
            await HealAsync(fault);
        }

        if (Record.HealedAt is not null)
        {
            await ConfirmHealedAsync(fault, cancellationToken);
        }
    }

    /// <summary>The fault was never due, for this reason.</summary>
    public void NotRun(string reason) => Move(Record with { Failure = reason });

    private async Task InjectAsync(IFault fault, CancellationToken over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        try
        {
            await StepAsync("inject", fault.InjectAsync, record =>
                record with { InjectedAt = clock.GetUtcNow() }, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaultNotSeenException("All records were done before it could be injected.");
        }
    }

    private async Task HealAsync(IFault fault)
    {
        using var limit = new CancellationTokenSource(_stepLimit, clock);
        try
        {
            await StepAsync(
                "heal", fault.HealAsync, record => record with { HealedAt = clock.GetUtcNow() }, limit.Token);
        }
        catch (Exception failure)
            when (failure is FaultNotSeenException or SeatrialException or OperationCanceledException)
        {
            Move(Record with { Failure = Record.Failure ?? $"not healed: {failure.Message}" });
        }
    }

    private async Task ConfirmHealedAsync(IFault fault, CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync(
                "confirm healed",
                fault.ConfirmHealedAsync,
                record => record with { ConfirmedHealedAt = clock.GetUtcNow() },
                cancellationToken);
        }
        catch (FaultNotSeenException notSeen)
        {
            Move(Record with { Failure = Record.Failure ?? notSeen.Message });
        }
    }

    private async Task StepAsync(
        string name,
        Func<CancellationToken, Task<string>> step,
        Func<FaultRecord, FaultRecord> done,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_stepLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var evidence = await step(either.Token);
            Move(done(Record) with { Evidence = [.. Record.Evidence, $"{name}: {evidence}"] });
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FaultNotSeenException($"{name}: nothing was seen within {_stepLimit.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is SeatrialException or NpgsqlException or IOException)
        {
            // The engine or the database refused: without its reason nobody could mend it.
            throw new FaultNotSeenException($"{name}: {failure.Message}");
        }
    }

    private void Move(FaultRecord record)
    {
        Record = record;
        moved(record);
    }
}
