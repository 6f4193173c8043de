using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>Takes the faults in their turns, each once the system is what it was before the last.</summary>
internal sealed class SuiteTurns(
    TestEnvironment environment, IReadOnlyList<FaultTurn> plan, IProgress<TrialProgress> progress, TimeProvider clock)
{
    private readonly List<FaultRunner> _runners =
        [.. plan.Select(turn => new FaultRunner(
            turn.Fault, clock, record => progress.Report(new TrialProgress.FaultMoved(record))))];

    private readonly SteadyState _state = new(environment.Log, environment.Plan, clock);

    /// <summary>Every fault as it stands, in the order of the turns; without those whose turn did not come.</summary>
    public IReadOnlyList<FaultRecord> Records => [.. _runners.Take(Begun).Select(runner => runner.Record)];

    /// <summary>How many turns have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many faults are over.</summary>
    public int Over => Records.Count(record => record.ConfirmedHealedAt is not null || record.Failure is not null);

    /// <summary>Whether a fault has this container in hand, so that its death is wanted.</summary>
    public bool IsTarget(RunningContainer container) => Records.Any(record => record.HasInHand(container));

    /// <summary>Ends when each has had its turn; an interruption heals what is broken first.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var scene = environment.SceneBy(clock);
        var aside = new List<Task>();
        try
        {
            await _state.WarmUpAsync(cancellationToken);
            for (var i = 0; i < plan.Count; i++)
            {
                var before = _state.Backlog();
                Begun = i + 1;
                var (turn, runner) = (plan[i], _runners[i]);
                var run = runner.RunAsync(
                    token => PreparedFault.PrepareAsync(scene, turn.Fault, token),
                    CancellationToken.None, cancellationToken);
                aside.Add(run);
                await (turn.IsAside ? UntilHealedAsync(run, runner, cancellationToken) : run);
                await _state.SeeAgainAsync(runner.Record, before, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(aside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(aside);
    }

    /// <summary>What follows, that it is healthy again, may take as long as it likes.</summary>
    private async Task UntilHealedAsync(Task run, FaultRunner runner, CancellationToken cancellationToken)
    {
        while (!run.IsCompleted && runner.Record is { HealedAt: null })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }
    }
}
