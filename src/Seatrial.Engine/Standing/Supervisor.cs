using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>
/// Starts containers again by their <c>deploy.restart_policy</c>, as one engine alone does not: after its delay, so
/// often within its window, and those too that turned unhealthy. It works while somebody runs it.
/// </summary>
public sealed class Supervisor(IContainerDriver driver, TimeProvider clock, IProgress<string>? told)
{
    private readonly Dictionary<string, Attempts> _attempts = [];
    private readonly HashSet<string> _stopping = [];

    /// <summary>Whether a service asks to be started again.</summary>
    public static bool SeesTo(ComposeService service) => service.Deploy.RestartPolicy is { Condition: not "none" };

    /// <summary>Ends only by cancellation.</summary>
    /// <param name="project">The project, and what its services ask for.</param>
    /// <param name="since">From which event on, by the engine's clock.</param>
    /// <param name="cancellationToken">Ends it; a restart under way is not waited for.</param>
    public async Task RunAsync(ComposeProject project, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await foreach (var happened in driver.Engine.WatchAsync(
            RunLabels.Project, project.Name, since, cancellationToken))
        {
            if (happened.Kind is EngineEventKind.Died && IsOurs(happened))
            {
                continue;
            }

            var name = happened.Labels.GetValueOrDefault(RunLabels.Service, "");
            if (project.Services.GetValueOrDefault(name) is { } service
                && CauseOf(happened, service) is { } cause)
            {
                _ = RestartAsync(happened, service, cause, cancellationToken);
            }
        }
    }

    /// <summary>Null when it is to be left as it is.</summary>
    private static string? CauseOf(EngineEvent happened, ComposeService service) =>
        (service.Deploy.RestartPolicy?.Condition, happened.Kind, happened.ExitCode) switch
        {
            (null or "none", _, _) => null,
            (_, EngineEventKind.Unhealthy, _) => "turned unhealthy",
            (_, EngineEventKind.Died, not 0) => $"ended with exit code {happened.ExitCode}",
            ("any", EngineEventKind.Died, _) => "ended",
            _ => null,
        };

    private async Task RestartAsync(
        EngineEvent happened, ComposeService service, string cause, CancellationToken cancellationToken)
    {
        var policy = service.Deploy.RestartPolicy ?? new ComposeRestartPolicy();
        var name = $"{service.Name}-{happened.Labels.GetValueOrDefault(RunLabels.Number)}";
        var attempts = Count(happened, policy);
        if (attempts > policy.MaxAttempts)
        {
            told?.Report($"{name} {cause}; it was started again {policy.MaxAttempts} times, and stays as it is");
            return;
        }

        told?.Report($"{name} {cause}; it is started again in {policy.Delay.TotalSeconds:0.#} s");
        try
        {
            await Task.Delay(policy.Delay, clock, cancellationToken);
            if (happened.Kind is EngineEventKind.Unhealthy)
            {
                lock (_attempts)
                {
                    _stopping.Add(happened.ContainerId);
                }

                await Stopping.Of(driver).StopAsync(happened.ContainerId, service.StopGracePeriod, cancellationToken);
            }

            await driver.Containers.StartAsync(happened.ContainerId, cancellationToken);
        }
        catch (SeatrialException refused)
        {
            told?.Report($"{name} could not be started again: {refused.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody supervises any more.
        }
    }

    /// <summary>How many attempts failed one after another, this one included.</summary>
    private int Count(EngineEvent happened, ComposeRestartPolicy policy)
    {
        lock (_attempts)
        {
            var before = _attempts.GetValueOrDefault(happened.ContainerId);
            var hasHeld = policy.Window is { } window && before is not null && happened.At - before.At > window;
            var attempts = new Attempts(before is null || hasHeld ? 1 : before.Count + 1, happened.At);
            _attempts[happened.ContainerId] = attempts;
            return attempts.Count;
        }
    }

    /// <summary>Whether it ended because it was stopped here, to be started again.</summary>
    private bool IsOurs(EngineEvent happened)
    {
        lock (_attempts)
        {
            return _stopping.Remove(happened.ContainerId);
        }
    }

    private sealed record Attempts(int Count, DateTimeOffset At);
}
