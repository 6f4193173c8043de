using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>What a container that did not come up left behind, as a problem.</summary>
internal static class StartDiagnosis
{
    private const int OutputLines = 20;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Every failure among the tasks as one exception; to be called before the containers are removed.
    /// </summary>
    public static async Task<Exception> OfAsync(
        EnvironmentSession session, IReadOnlyList<ContainerStart> starts, IReadOnlyList<Task> tasks)
    {
        using var time = new CancellationTokenSource(_limit, session.Clock);
        var failures = tasks
            .Where(task => task.IsFaulted)
            .SelectMany(task => task.Exception?.InnerExceptions ?? Enumerable.Empty<Exception>())
            .Where(failure => failure is not OperationCanceledException)
            .Distinct()
            .ToList();
        var problems = new List<Problem>();
        foreach (var failure in failures)
        {
            switch (failure)
            {
                case StartFailedException failed:
                    problems.Add(await OfAsync(session, failed, starts, time.Token));
                    break;
                case SeatrialException refused:
                    problems.AddRange(refused.Problems);
                    break;
                default:
                    return failure;
            }
        }

        List<Problem> told =
            problems.Count > 0 ? [.. problems.DistinctBy(problem => problem.ToString())] : [Late(session, starts)];
        var folder = await DiagnosisFolder.WriteAsync(session, starts, told, time.Token);
        return new SeatrialException(ExitCode.Unavailable, [told[0] with { More = folder }, .. told.Skip(1)]);
    }

    private static async Task<Problem> OfAsync(
        EnvironmentSession session,
        StartFailedException failure,
        IReadOnlyList<ContainerStart> starts,
        CancellationToken cancellationToken)
    {
        session.Report(failure.Container, ResourceState.Failed, failure.Message);
        var id = await starts.First(start => start.Container == failure.Container).Created;
        var state = await session.Driver.Containers.InspectAsync(id, cancellationToken);
        var output = session.Driver.Containers is ICanReadLogs logs && state is not null
            ? await logs.LogsAsync(id, OutputLines, cancellationToken)
            : [];
        return Of(session.Plan, failure, state, output);
    }

    private static Problem Late(EnvironmentSession session, IReadOnlyList<ContainerStart> starts)
    {
        var late = starts
            .Where(start => !start.Healthy.IsCompletedSuccessfully || !start.Completed.IsCompletedSuccessfully)
            .Select(start => start.Container)
            .ToList();
        return new Problem
        {
            What = $"{string.Join(", ", late.Select(container => $"{container.Service}-{container.Number}"))} "
                + $"did not come up within {session.Plan.StartLimit.TotalSeconds:0} s.",
            Where = string.Join(", ", late.Select(container => container.Position).Distinct()),
            Fix = "Look at the load of the engine's host; where it is slow, give the health checks more time "
                + "(start_period, retries).",
        };
    }

    private static Problem Of(
        EnvironmentPlan plan, StartFailedException failure, ContainerState? state, IReadOnlyList<string> output)
    {
        var container = failure.Container;
        var waiting = StartOrder.WaitingFor(container.Service, plan.Containers);
        var probes = state?.HealthLog.Where(probe => probe.Length > 0).TakeLast(3).ToList() ?? [];
        string?[] reasons =
        [
            state is { OutOfMemory: true } ? "The kernel killed it: out of memory." : null,
            probes.Count > 0 ? $"Its last health probes: {string.Join("; ", probes)}." : null,
            waiting.Count > 0 ? $"Waiting for it: {string.Join(", ", waiting)}." : null,
            output.Count is 0 ? "It wrote nothing." : null,
        ];
        return new Problem
        {
            What = $"{container.Service}-{container.Number} {failure.Message}.",
            Where = $"{container.Position} (container {container.Name}, image {container.Request.Image})",
            Why = string.Join(' ', reasons.OfType<string>()) is { Length: > 0 } why ? why : null,
            Fix = output.Any(IsDiskFull)
                ? "Make room on the engine's disk: docker system df shows what there is."
                : FixOf(container, state),
            Output = output,
        };
    }

    private static bool IsDiskFull(string line) =>
        line.Contains("no space left on device", StringComparison.OrdinalIgnoreCase);

    private static string FixOf(PlannedContainer container, ContainerState? state) => state switch
    {
        { OutOfMemory: true } =>
            $"Raise services.{container.Service}.deploy.resources.limits.memory, or have it use less.",
        { Running: true } => "Mend what its health check reports, or give it more time: "
            + $"services.{container.Service}.healthcheck.start_period, interval, retries.",
        { ExitCode: 126 or 127 } =>
            $"Correct services.{container.Service}.command or entrypoint: the image has no such program.",
        _ => "Mend what its last output says.",
    };
}
