namespace Seatrial.Suites.Distributed;

/// <summary>The wait for the last record, once all are put in.</summary>
internal sealed class Draining(TestEnvironment environment, TimeProvider clock)
{
    /// <summary>With no change in the log for so long, and no fault at work, nothing more will come.</summary>
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until nothing waits and nothing runs; else says why it waited no longer.</summary>
    public async Task<string?> WaitAsync(long loaded, Func<bool> isFaultAtWork, CancellationToken cancellationToken)
    {
        var within = environment.Plan.Spec.Workload.DrainWithin;
        using var limit = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var drained = environment.Log.WaitUntilAsync(
            counts =>
                counts.Drained && counts.Queues[environment.Plan.Spec.Workload.Queue].Enqueued >= loaded, either.Token);
        var standstill = StandstillAsync(isFaultAtWork, either.Token);
        try
        {
            if (await Task.WhenAny(drained, standstill) == standstill && !either.IsCancellationRequested)
            {
                return $"nothing moved for {_standstill.TotalSeconds:0} s, {Open()}";
            }

            return await drained ? null : $"the log could not be read on: {environment.Log.Counts.Gap}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the records were not done within {within.TotalSeconds:0} s, {Open()}";
        }
        finally
        {
            await either.CancelAsync();
            await standstill.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends when the log has stood still for long enough.</summary>
    private async Task StandstillAsync(Func<bool> isFaultAtWork, CancellationToken cancellationToken)
    {
        var (events, since) = (-1L, clock.GetTimestamp());
        while (clock.GetElapsedTime(since) < _standstill)
        {
            var now = environment.Log.Counts.Events;
            if (now != events || isFaultAtWork())
            {
                (events, since) = (now, clock.GetTimestamp());
            }

            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }

    private string Open()
    {
        var open = environment.Log.Counts.Queues.Where(queue => queue.Value.Backlog > 0)
            .Select(queue => $"{queue.Value.Backlog} in {queue.Key}");
        return "with records still open: " + string.Join(", ", open);
    }
}
