using Seatrial.Engine;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Chaos;

/// <summary>
/// The environment in which rounds are run one after the other, each with a history and a folder of its own; brought up
/// when the first is due, and anew when it is no longer fit.
/// </summary>
internal sealed class ChaosStage(ChaosSystem system, TimeProvider clock, IProgress<TrialProgress> progress)
    : IAsyncDisposable
{
    private readonly AutomatedTestFramework _framework = new(system.Driver, clock, progress);
    private TestEnvironment? _environment;
    private bool _isFresh;
    private bool _isSpent;

    /// <summary>Every container that there was, once the environment is down.</summary>
    public IReadOnlyList<ContainerRecord> Containers { get; private set; } = [];

    /// <summary>The environment's project on the engine, while it is up.</summary>
    public string? Project => _environment?.Containers.Plan.Project;

    /// <summary>
    /// Runs a round and judges it, whatever kept it from its end. <paramref name="folder"/> is new.
    /// </summary>
    public async Task<RunResult> RunAsync(
        ChaosSchedule schedule, int round, RunFolder folder, CancellationToken cancellationToken)
    {
        var environment = await ReadyAsync(schedule, folder, cancellationToken);
        var plan = environment.Plan with
        {
            Faults = schedule.Plan(schedule.Rounds[round], environment.Plan.Replicas),
        };
        environment = environment with { Plan = plan };
        var (began, startedAt) = (clock.GetTimestamp(), clock.GetUtcNow());
        _isFresh = false;
        TrialOutcome outcome;
        try
        {
            outcome = await new RoundRun(environment, system.Abilities, progress, clock).RunAsync(
                schedule.Rounds[round], cancellationToken);
        }
        finally
        {
            _environment = await AutomatedTestFramework.CloseLogAsync(environment);
        }

        var record = Record(environment, outcome, startedAt, clock.GetElapsedTime(began));
        await SaveAsync(environment, outcome, record);
        if (outcome.StoppedBecause is not null || outcome.Casualties.Count > 0
            || outcome.Faults.Any(fault => fault is { InjectedAt: not null, ConfirmedHealedAt: null }))
        {
            // Who knows what its containers are still about.
            _isSpent = true;
        }

        return await TestValidator.GenerateTestReportAsync(folder, CancellationToken.None);
    }

    /// <summary>Gives each worker a new life, so that nothing is remembered of earlier rounds.</summary>
    public async Task RestartWorkersAsync(CancellationToken cancellationToken)
    {
        if (_environment is not { } environment || _isFresh || _isSpent)
        {
            return;
        }

        var workers = environment.Containers.Containers
            .Where(container => container.Service != environment.Plan.Spec.Database.Service).ToList();
        try
        {
            await Task.WhenAll(workers.Select(
                worker => environment.Containers.ReplaceAsync(worker, cancellationToken)));
            _isFresh = true;
        }
        catch (SeatrialException)
        {
            await CloseAsync(keep: false);
        }
    }

    /// <summary>Takes the environment down; the next round brings up another.</summary>
    public async Task CloseAsync(bool keep)
    {
        if (_environment is { } environment)
        {
            _environment = null;
            var kept = environment with
            {
                Folder = system.Folder,
                Plan = environment.Plan with { Request = environment.Plan.Request with { Keep = keep } },
            };
            Containers = await _framework.CleanupTestEnvironmentAsync(kept);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync(system.Request.Keep);

    private async Task<TestEnvironment> ReadyAsync(
        ChaosSchedule schedule, RunFolder folder, CancellationToken cancellationToken)
    {
        var plan = ChaosPlans.Plan(system.Project, system.Spec, schedule, system.Request);
        if (_environment is { } standing && (_isSpent || !SameReplicas(standing.Plan, plan)))
        {
            await CloseAsync(keep: false);
        }

        if (_environment is { } environment)
        {
            try
            {
                _environment = await _framework.RenewAsync(
                    environment with { Plan = plan }, folder, cancellationToken);
                return _environment;
            }
            catch (SeatrialException refused)
            {
                progress.Report(new TrialProgress.Note($"a new environment: {refused.Problems[0].What}"));
                await CloseAsync(keep: false);
            }
        }

        _environment = await _framework.SetupTestEnvironmentAsync(
            plan, system.Images, folder, cancellationToken);
        (_isFresh, _isSpent) = (true, false);
        return _environment;
    }

    private static bool SameReplicas(TrialPlan one, TrialPlan other) =>
        one.Replicas.All(service => other.Replicas.GetValueOrDefault(service.Key) == service.Value);

    private RunRecord Record(
        TestEnvironment environment, TrialOutcome outcome, DateTimeOffset startedAt, TimeSpan duration) => new()
        {
            RunId = environment.Plan.Request.RunId,
            System = environment.Plan.Project.Name,
            Command = system.Command,
            Suite = ContainerTestSuite.Chaos,
            Seed = environment.Plan.Request.Seed,
            Records = 0,
            StartedAt = startedAt,
            SuiteDuration = duration,
            Duration = duration,
            StoppedBecause = outcome.StoppedBecause,
            Interrupted = outcome.Drain is DrainOutcome.Interrupted,
            Faults = outcome.Faults,
            Casualties = outcome.Casualties,
            Containers = [],
            Steps = [],
            Images = [],
            Environment = new Dictionary<string, string>(),
        };

    private static async Task SaveAsync(TestEnvironment environment, TrialOutcome outcome, RunRecord record)
    {
        var facts = new TrialFacts
        {
            Drain = outcome.Drain,
            LoadStartedAt = outcome.LoadStartedAt,
            HasClientLog = true,
            // Who is frozen or cut off can't do his share.
            LeastShare = 0,
            Workers = outcome.Workers,
        };
        await facts.SaveAsync(environment.Folder.Path, CancellationToken.None);
        await record.WriteAsync(environment.Folder, CancellationToken.None);
    }
}
