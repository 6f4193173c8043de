namespace Seatrial.Engine.Environments;

/// <summary>Brings containers up together.</summary>
internal static class ContainerStarts
{
    /// <summary>
    /// Ends when all are ready. At the first failure the others are stopped on their way, and every failure is told;
    /// what has been created is still there, for the caller to remove.
    /// </summary>
    public static async Task<IReadOnlyList<EnvironmentMember>> UpAsync(
        EnvironmentSession session,
        IReadOnlyList<PlannedContainer> containers,
        Task resources,
        CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(session.Plan.StartLimit, session.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var updates = ServiceUpdate.Of(containers);
        var starts = new List<ContainerStart>();
        foreach (var container in containers)
        {
            var update = updates.GetValueOrDefault(container.Service) is { } one && one.Replaces(container) ? one : null;
            starts.Add(ContainerStart.Begin(session, container, resources, [.. starts], update, stop.Token));
        }

        var ready = starts
            .Select(start => start.Container.IsOptional
                ? start.TryReadyAsync(session, stop.Token)
                : start.ReadyAsync(session, stop.Token))
            .Select(task => GuardAsync(task, stop))
            .ToList();
        List<Task> tasks =
        [
            resources, .. ready,
            .. starts
                .Where(start => !start.Container.IsOptional)
                .Select(start => GuardAsync(start.PassableAsync(start.Death), stop)),
            .. updates.Values.Select(update => update.RunAsync(session.Clock, stop.Token)),
            .. starts.Select(start => start.PassableAsync(start.Cleared)),
        ];
        try
        {
            await Task.WhenAll(ready);
            await Task.WhenAll(starts
                .Where(start => start.Update is null)
                .Select(start => start.StillThereAsync(session, stop.Token)));
            updates.Values.ToList().ForEach(update => update.Complete());
            await Task.WhenAll(starts.Select(start => start.PassableAsync(start.Cleared)));
            return
            [
                .. await Task.WhenAll(starts
                    .Where(start => start.Created.IsCompletedSuccessfully)
                    .Select(start => start.MemberAsync())),
            ];
        }
        catch (Exception e)
        {
            await EndAsync();
            var diagnosis = cancellationToken.IsCancellationRequested
                ? e
                : await StartDiagnosis.OfAsync(session, starts, [.. tasks, Task.FromException(e)]);
            var told = await UpdateEnds.RunAsync(session, starts, [.. updates.Values]);
            cancellationToken.ThrowIfCancellationRequested();
            throw diagnosis is SeatrialException failed && told.Count > 0
                ? new SeatrialException(failed.ExitCode, [.. failed.Problems, .. told], failed)
                : diagnosis;
        }
        finally
        {
            await EndAsync();
        }

        async Task EndAsync()
        {
            stop.Cancel();
            await Task.WhenAll(tasks).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static async Task GuardAsync(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is StartFailedException or SeatrialException)
        {
            stop.Cancel();
            throw;
        }
    }
}
