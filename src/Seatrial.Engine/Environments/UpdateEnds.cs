namespace Seatrial.Engine.Environments;

/// <summary>What becomes of updates that did not come to their end.</summary>
internal static class UpdateEnds
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Rolls back what is to be rolled back, leaves one container in each other place, and says so.
    /// </summary>
    public static async Task<IReadOnlyList<Problem>> RunAsync(
        EnvironmentSession session, IReadOnlyList<ContainerStart> starts, IReadOnlyList<ServiceUpdate> updates)
    {
        var told = new List<Problem>();
        foreach (var update in updates.Where(update => update.HasFailed))
        {
            var own = starts.Where(start => start.Update == update).ToList();
            told.Add(update.RollsBack
                ? await RollBackAsync(session, update, own)
                : Told(
                    update,
                    $"The update of {own[0].Container.Service} stopped",
                    "Mend what is told above, then run up again: it goes on with what is left."));
        }

        foreach (var start in starts)
        {
            try
            {
                await (start.Succession?.SettleAsync(start.Healthy.IsCompletedSuccessfully) ?? Task.CompletedTask);
            }
            catch (SeatrialException refused)
            {
                told.AddRange(refused.Problems);
            }
        }

        return told;
    }

    /// <summary>A failure, with what became of updates.</summary>
    public static Exception With(IReadOnlyList<Problem> told, Exception failure) =>
        failure is SeatrialException failed && told.Count > 0
            ? new SeatrialException(failed.ExitCode, [.. failed.Problems, .. told], failed)
            : failure;

    private static async Task<Problem> RollBackAsync(
        EnvironmentSession session, ServiceUpdate update, List<ContainerStart> starts)
    {
        var service = starts[0].Container.Request.Service;
        var policy = service.Deploy.Rollback ?? new Compose.ComposeUpdate();
        using var limit = new CancellationTokenSource(
            _limit + UpdateWaves.Time(policy, update.Replaced) + starts[0].Container.ReadyLimit, session.Clock);
        var (restored, failed) = (new List<string>(), new List<string>());
        foreach (var (number, wave) in UpdateWaves.Of(starts, policy.Parallelism).Index())
        {
            if (number > 0)
            {
                await Task.Delay(policy.Delay, session.Clock, CancellationToken.None);
            }

            await Task.WhenAll(wave.Select(start => OneAsync(start, policy.Order, limit.Token)));
            if (policy.FailureAction is not "continue"
                && (double)failed.Count / starts.Count > policy.MaxFailureRatio)
            {
                break;
            }
        }

        return failed.Count > 0
            ? Told(
                update,
                $"{service.Name} could not be rolled back: {string.Join("; ", failed)}",
                "Look at what the containers wrote (seatrial logs), mend it, then run up again.")
            : Told(
                update,
                $"{service.Name} was rolled back: {string.Join(", ", restored)} run as before",
                "Mend what is told above, then run up again.");

        async Task OneAsync(ContainerStart start, string order, CancellationToken cancellationToken)
        {
            var name = $"{start.Container.Service}-{start.Container.Number}";
            try
            {
                if (start.Succession is { } succession && await succession.RestoreAsync(order, cancellationToken))
                {
                    restored.Add(name);
                }
            }
            catch (Exception e) when (e is SeatrialException or StartFailedException or OperationCanceledException)
            {
                failed.Add($"{name} {e.Message}");
            }
        }
    }

    private static Problem Told(ServiceUpdate update, string what, string fix)
    {
        var ratio = update.Policy.MaxFailureRatio;
        var names = update.Failures.Select(container => $"{container.Service}-{container.Number}");
        return new Problem
        {
            What = what + ".",
            Where = $"{update.Replaced[0].Position} (deploy.update_config)",
            Why = $"{string.Join(", ", names)} failed, {update.Failures.Count} of {update.Replaced.Count}, "
                + $"which is more than max_failure_ratio ({ratio.ToString(System.Globalization.CultureInfo.InvariantCulture)}) allows.",
            Fix = fix,
        };
    }
}
