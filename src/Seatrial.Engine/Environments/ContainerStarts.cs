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
        var starts = new List<ContainerStart>();
        foreach (var container in containers)
        {
            starts.Add(ContainerStart.Begin(session, container, resources, [.. starts], stop.Token));
        }

        var ready = starts
            .Select(start => start.Container.IsOptional ? start.TryReadyAsync(session) : start.ReadyAsync())
            .Select(task => GuardAsync(task, stop))
            .ToList();
        List<Task> tasks =
        [
            resources, .. ready,
            .. starts.Where(start => !start.Container.IsOptional).Select(start => GuardAsync(start.Death, stop)),
        ];
        try
        {
            await Task.WhenAll(ready);
            await Task.WhenAll(starts.Select(start => start.StillThereAsync(session, stop.Token)));
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
            cancellationToken.ThrowIfCancellationRequested();
            throw await StartDiagnosis.OfAsync(session, starts, [.. tasks, Task.FromException(e)]);
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
