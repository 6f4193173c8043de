using CsCheck;
using Seatrial.Engine.Checks;

namespace Seatrial.Engine.Tests.Checks;

public sealed class HealthyHistoriesTests
{
    [Fact]
    public void Every_interleaving_of_a_healthy_system_passes_every_check() =>
        Simulation.Trials.Sample(
            trial => Assert.All(trial.Judge().Checks, check =>
                Assert.True(check.Verdict is Verdict.Pass, $"{check.Id}: {check.Summary}")),
            iter: 2_000);

    [Fact]
    public void Totals_are_those_of_the_events() =>
        Simulation.Trials.Sample(
            trial =>
            {
                var judgement = trial.Judge();
                Assert.Equal(trial.Events.Count, judgement.Totals.Events);
                foreach (var queue in judgement.Queues)
                {
                    Assert.Equal(queue.Enqueued, queue.Done);
                    Assert.Equal(queue.Enqueued, queue.Effects);
                    Assert.Equal(queue.Claims, queue.Done + queue.Releases + queue.Expiries);
                }

                Assert.Equal(judgement.Queues.Sum(queue => queue.Done), judgement.Workers.Sum(worker => worker.Done));
                Assert.Equal(
                    judgement.Queues.Sum(queue => queue.Claims), judgement.Workers.Sum(worker => worker.Claims));
            },
            iter: 500);

    [Fact]
    public void The_series_add_up_to_the_totals_and_end_with_an_empty_backlog()
    {
        var judgement = Simulation.Example.Judge();

        Assert.Equal(
            judgement.Queues.Select(queue => queue.Enqueued), judgement.Series.Select(series => series.Enqueued.Sum()));
        Assert.Equal(
            judgement.Queues.Select(queue => queue.Done), judgement.Series.Select(series => series.Done.Sum()));
        Assert.All(judgement.Series, series => Assert.Equal(0, series.Backlog[^1]));
        Assert.Single(judgement.Series.Select(series => series.Backlog.Count).Distinct());
    }

    [Fact]
    public void A_claim_that_had_to_be_repeated_is_waste_and_no_failure()
    {
        var judgement = Simulation.Example.Judge();

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.True(judgement.Totals.Redelivered > 0);
        Assert.True(judgement.Totals.WastedClaims >= judgement.Totals.Redelivered);
        Assert.True(judgement.Totals.Takeovers > 0);
    }
}
