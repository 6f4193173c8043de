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
        TargetSpec = plan.Spec.Target.ToString(),
        Trigger = plan.Trigger,
    };

    /// <summary>
    /// Chooses the target and runs the steps; a step that can't be confirmed ends in the record's failure, not in an
    /// exception. Once <paramref name="over"/> says that all records are done, nothing more is broken, and what is
    /// broken is healed.
    /// </summary>
    public async Task RunAsync(
        Func<CancellationToken, Task<PreparedFault>> prepare,
        CancellationToken over,
        CancellationToken cancellationToken)
    {
        PreparedFault? prepared = null;
        try
        {
            await BeforeTheEndAsync(
                async token =>
                {
                    prepared = await StepAsync("target", prepare, token);
                    Move(Record with { Target = prepared.Target, BeganAt = clock.GetUtcNow() });
                    await StepAsync("inject", prepared.Fault.InjectAsync, record =>
                        record with { InjectedAt = clock.GetUtcNow() }, token);
                },
                over,
                cancellationToken);
            if (prepared is not null)
            {
                await StepAsync("confirm", prepared.Fault.ConfirmAsync, record =>
                    record with { ConfirmedAt = clock.GetUtcNow() }, cancellationToken);
                await HoldAsync(prepared.Hold, over, cancellationToken);
            }
        }
        catch (FaultNotSeenException notSeen)
        {
            Move(Record with { Failure = notSeen.Message });
        }
        finally
        {
            if (prepared is not null)
            {
                await HealAsync(prepared.Fault);
            }
        }

        if (prepared is not null && Record.HealedAt is not null)
        {
            await ConfirmHealedAsync(prepared.Fault, cancellationToken);
        }
    }

    /// <summary>The fault was never due, for this reason.</summary>
    public void NotRun(string reason) => Move(Record with { Failure = reason });

    private static async Task BeforeTheEndAsync(
        Func<CancellationToken, Task> work, CancellationToken over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaultNotSeenException("All records were done before it could be injected.");
        }
    }

    private async Task HoldAsync(TimeSpan hold, CancellationToken over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        try
        {
            await Task.Delay(hold, clock, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // With the load's end there is nothing left that it could disturb.
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
        var evidence = await StepAsync(name, step, cancellationToken);
        Move(done(Record) with { Evidence = [.. Record.Evidence, $"{name}: {evidence}"] });
    }

    private async Task<T> StepAsync<T>(
        string name, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_stepLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FaultNotSeenException($"{name}: nothing was seen within {_stepLimit.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is SeatrialException or NpgsqlException or IOException
            or UnauthorizedAccessException)
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
