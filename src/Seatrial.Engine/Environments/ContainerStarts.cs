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
        var starts = Begin(containers, updates, new StartContext(session, resources, [], stop.Token));
        var ready = starts
            .Select(start => start.Container.IsOptional ? start.TryReadyAsync() : start.ReadyAsync())
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
            await Task.WhenAll(starts.Where(start => start.Update is null).Select(start => start.StillThereAsync()));
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
            var failure = cancellationToken.IsCancellationRequested
                ? e
                : await StartDiagnosis.OfAsync(session, starts, [.. tasks, Task.FromException(e)]);
            var told = await UpdateEnds.RunAsync(session, starts, [.. updates.Values]);
            cancellationToken.ThrowIfCancellationRequested();
            throw UpdateEnds.With(told, failure);
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

    private static List<ContainerStart> Begin(
        IReadOnlyList<PlannedContainer> containers,
        IReadOnlyDictionary<string, ServiceUpdate> updates,
        StartContext context)
    {
        var starts = new List<ContainerStart>();
        foreach (var container in containers)
        {
            var update = updates.GetValueOrDefault(container.Service);
            starts.Add(ContainerStart.Begin(
                container,
                update?.Replaces(container) is true ? update : null,
                context with { Earlier = [.. starts] }));
        }

        return starts;
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
