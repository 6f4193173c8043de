namespace Seatrial.Trials.Tests;

/// <summary>The healthy worker passes whatever catches broken ones, and not by luck.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class TenOfTenTests
{
    /// <summary>Takes three quarters of an hour, so it runs when it is asked for.</summary>
    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task The_healthy_worker_passes_every_trial_that_catches_a_broken_one(int time)
    {
        var failures = new List<string>();
        foreach (var trial in BrokenWorkerCatalogue.All.DistinctBy(one =>
            (one.Suite, one.Suites, one.Schedule, string.Concat(one.Changes))))
        {
            using var folder = new TrialFolder();
            var exit = await folder.SeatrialAsync(
                trial.Arguments(folder, BrokenWorkers.WriteHealthySystem(folder, trial)));
            if (exit != 0)
            {
                failures.Add($"time {time}, the trial of {trial.Bug}: {exit}\n{folder.Output}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
