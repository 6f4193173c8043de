using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Chaos.Shrinking;

namespace Seatrial.Engine.Tests.Chaos;

/// <summary>Shrinking on a system of paper: one whose bug is a function of the schedule.</summary>
public sealed class ScheduleShrinkerTests
{
    private static readonly ShrinkOptions _options = new();

    /// <summary>Whether a worker's sessions are ended, and in the same round or later the same worker is
    /// frozen.</summary>
    private static readonly Func<ChaosSchedule, bool> _bug = schedule =>
    {
        var careless = new HashSet<string>();
        foreach (var one in schedule.Events)
        {
            if (one.Fault.Kind is "terminate-sessions")
            {
                careless.Add(one.Fault.Target.ToString());
            }
            else if (one.Fault.Kind is "pause-past-lease" && careless.Contains(one.Fault.Target.ToString()))
            {
                return true;
            }
        }

        return false;
    };

    [Fact]
    public async Task Two_faults_in_one_order_are_found_by_chaos_and_shrunk_to_them()
    {
        var found = Enumerable.Range(1, 200)
            .Select(seed => ChaosSample.Draw((ulong)seed, seconds: 900)).Where(_bug).ToList();

        Assert.True(found.Count >= 50, $"Of 200 seeds only {found.Count} find it within 15 minutes.");
        foreach (var schedule in found.Take(10))
        {
            Assert.True(schedule.Events.Count() >= 8);
            var result = await ShrinkAsync(schedule, _bug);

            Assert.True(_bug(result.Smallest));
            Assert.Equal(
                ["terminate-sessions", "pause-past-lease"], result.Smallest.Events.Select(one => one.Fault.Kind));
            Assert.Equal(new Reproduction(5, 5), result.Rate);
            Assert.Null(result.StoppedBecause);
        }
    }

    [Fact]
    public async Task What_fails_only_sometimes_is_shrunk_too() => await Gen.Int[1, 1000].SampleAsync(async salt =>
    {
        var schedule = Enumerable.Range(1, 200).Select(seed => ChaosSample.Draw((ulong)seed, seconds: 900)).First(_bug);
        var chance = new Random(salt);

        var result = await ShrinkAsync(schedule, candidate => _bug(candidate) && chance.Next(100) < 70);

        Assert.True(_bug(result.Smallest));
        Assert.True(result.StoppedBecause is not null || result.Smallest.Events.Count() <= 8);
    }, iter: 20);

    [Fact]
    public async Task Durations_targets_records_and_workers_shrink_as_far_as_they_may()
    {
        var schedule = ChaosSample.Schedule("""
            rate: 400
            replicas: {rpa1: 3, rpa2: 2}
            rounds:
              - for: 20s
                faults: [{id: other, stop: rpa2, at: 9s}]
              - for: 20s
                faults: [{id: it, pause: {all_of: rpa1}, at: 2s, for: 6s}]
            """);

        var result = await ShrinkAsync(schedule, candidate =>
            candidate.Rate >= 90 && candidate.Events.Any(one => one.Id is "it" && one.Fault.For >= TimeSpan.FromSeconds(1)));

        Assert.Equal("""
            seed: 1
            rate: 100
            replicas: {rpa1: 1, rpa2: 1}
            rounds:
              - for: 3s
                faults:
                  - id: it
                    pause: {container: rpa1-1}
                    at: 2s
                    for: 1s500ms

            """.ReplaceLineEndings("\n"), ScheduleText.Of(result.Smallest, []));
    }

    [Fact]
    public async Task A_right_guess_saves_most_runs_and_a_wrong_one_costs_one_candidate()
    {
        var schedule = Enumerable.Range(1, 200)
            .Select(seed => ChaosSample.Draw((ulong)seed, seconds: 900)).First(_bug);
        var needed = (await ShrinkAsync(schedule, _bug)).Smallest.Events.Select(one => one.Id).ToList();
        var other = schedule.Events.Select(one => one.Id).Except(needed).First();

        var (without, right, wrong) = (
            await GuessAsync(), await GuessAsync(needed), await GuessAsync([other]));

        Assert.Equal(needed, right.Smallest.Events.Select(one => one.Id));
        Assert.Equal(needed, wrong.Smallest.Events.Select(one => one.Id));
        Assert.True(right.Runs < without.Runs - 5, $"{right.Runs} runs, {without.Runs} without a guess");
        Assert.InRange(wrong.Candidates, without.Candidates, without.Candidates + 1);

        Task<ShrinkResult> GuessAsync(params IReadOnlyList<string>[] guesses) => new ScheduleShrinker(
            (candidate, _) => Task.FromResult(_bug(candidate)), _options, _ => { }, TimeProvider.System)
            .ShrinkAsync(schedule, guesses, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_fails_without_any_fault_says_so()
    {
        var result = await ShrinkAsync(ChaosSample.Draw(3), _ => true);

        Assert.Empty(result.Smallest.Events);
    }

    [Fact]
    public async Task What_does_not_fail_again_stays_as_it_is_and_is_told()
    {
        var schedule = ChaosSample.Draw(3);

        var result = await ShrinkAsync(schedule, _ => false);

        Assert.Equal(schedule, result.Smallest);
        Assert.Equal("it did not fail again in 6 runs", result.StoppedBecause);
        Assert.Equal(new Reproduction(1, 7), result.Rate);
    }

    [Fact]
    public async Task The_time_limit_keeps_the_smallest_so_far()
    {
        var clock = new FakeTimeProvider();
        var schedule = ChaosSample.Draw(3);
        var first = schedule.Events.First().Id;

        var result = await new ScheduleShrinker(
            (candidate, token) =>
            {
                clock.Advance(TimeSpan.FromMinutes(2.5));
                token.ThrowIfCancellationRequested();
                return Task.FromResult(candidate.Events.Any(one => one.Id == first));
            },
            _options, _ => { }, clock).ShrinkAsync(schedule, [], TestContext.Current.CancellationToken);

        Assert.Equal("the time for it, 15 min, was over", result.StoppedBecause);
        Assert.InRange(result.Smallest.Events.Count(), 1, schedule.Events.Count() - 1);
        Assert.Contains(result.Smallest.Events, one => one.Id == first);
    }

    [Fact]
    public async Task An_interruption_keeps_the_smallest_so_far()
    {
        using var interruption = new CancellationTokenSource();
        var schedule = ChaosSample.Draw(3);
        var runs = 0;

        var result = await new ScheduleShrinker(
            async (candidate, token) =>
            {
                if (++runs == 7)
                {
                    await interruption.CancelAsync();
                }

                token.ThrowIfCancellationRequested();
                return candidate.Events.Any();
            },
            _options, _ => { }, TimeProvider.System).ShrinkAsync(schedule, [], interruption.Token);

        Assert.Equal("it was interrupted", result.StoppedBecause);
        Assert.InRange(result.Smallest.Events.Count(), 1, schedule.Events.Count() - 1);
    }

    private static Task<ShrinkResult> ShrinkAsync(ChaosSchedule schedule, Func<ChaosSchedule, bool> fails) =>
        new ScheduleShrinker(
            (candidate, _) => Task.FromResult(fails(candidate)), _options, _ => { }, TimeProvider.System)
            .ShrinkAsync(schedule, [], TestContext.Current.CancellationToken);
}
