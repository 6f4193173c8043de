using System.Text.RegularExpressions;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Tests.Measurements;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Tests.Thresholds;

public sealed class ThresholdChecksTests
{
    private const int TenMinutes = 600;

    private static readonly ThresholdScope _all = new()
    {
        Sources = Enum.GetValues<ThresholdSource>(),
        Phases = ["climb", "soak"],
        Stages = ["rpa1"],
        Faults = ["kill", "pause"],
    };

    [Fact]
    public void What_goes_up_and_down_keeps_a_bound_on_its_growth() => Expect(
        Verdict.Pass, "growth.memory < 20MB/h", Watched(Evidence.Of(seconds: TenMinutes)),
        "^0 B/h at .*; wanted < 20MB/h.$");

    [Theory]
    [InlineData("growth.memory < 20MB/h", @"^1\d\d MiB/h at rpa1-1, 1\d\d MiB/h to 1\d\d MiB/h at 99 %")]
    [InlineData("growth.handles < 100/h", @"^3[56]\d(\.\d)?/h at rpa1-1")]
    [InlineData("growth.sessions < 1/h", @"^3[56]\d(\.\d)?/h at rpa1-1")]
    [InlineData("growth.disk < 100MB/h", @"^3\d\d MiB/h at the database")]
    public void What_only_grows_fails(string text, string said) => Expect(
        Verdict.Fail,
        text,
        Watched(Evidence.Of(
            worker: (i, sample) => sample with
            {
                Anonymous = sample.Anonymous + (i * 10_000),
                Files = i % 4 == 0 ? 40 + (i / 40) : null,
            },
            said: (i, sample) => sample with
            {
                Sessions = [new SessionCount(Evidence.WorkerAddress, "idle", "Client", "ClientRead", 2 + (i / 20))],
                Counters = i % 4 == 0 ? new DatabaseCounters(0, 0, 0, 0, 0, 0, 0, 1_000_000 + (i * 50_000L)) : null,
            },
            seconds: TenMinutes)),
        said);

    [Fact]
    public void What_may_grow_or_not_is_not_known() => Expect(
        Verdict.Unknown,
        "growth.memory < 1MB/h",
        Watched(Evidence.Of(
            worker: (i, sample) => sample with { Anonymous = (80 << 20) + (i * 2_654_435_761L % 40_000_000) },
            seconds: TenMinutes)),
        "^Can't be told: .* at rpa1-1, .* to .* at 99 %; wanted < 1MB/h.$");

    [Fact]
    public void Half_a_minute_shows_no_growth() => Expect(
        Verdict.Unknown, "growth.memory < 1MB/h", Watched(Evidence.Of(seconds: 30)), "nothing was watched for 60 s");

    [Fact]
    public void What_was_not_seen_keeps_no_bound()
    {
        var whole = Evidence.Of(seconds: TenMinutes);
        var uncounted = Evidence.Of(worker: (_, sample) => sample with { Anonymous = 0 }, seconds: TenMinutes);
        var cut = whole with
        {
            Resources =
            [
                .. whole.Resources.Select(series => new ResourceSeries(
                    series.Container, series.Service, series.Addresses, [.. series.Samples.Take(4 * 400)])),
            ],
        };

        Expect(Verdict.Unknown, "growth.memory < 20MB/h", Watched(uncounted), "not seen of rpa1-1; 0 B/h");
        Expect(Verdict.Unknown, "growth.memory < 20MB/h", Watched(cut), "watched for 400 of 600 s; 0 B/h");
        var dead = Watched(whole with { Database = null });
        Expect(Verdict.Unknown, "growth.sessions < 9/h", dead, "nothing was watched");
        Expect(Verdict.Unknown, "growth.disk < 9GB/h", dead, "not seen of the database");
        Expect(
            Verdict.Unknown, "growth.memory < 20MB/h", Watched(whole with { Gaps = ["it is not whole"] }),
            "it is not whole; 0 B/h");
    }

    [Theory]
    [InlineData("capacity >= 400/s", 400.0, 500.0, Verdict.Pass)]
    [InlineData("capacity >= 450/s", 400.0, 500.0, Verdict.Unknown)]
    [InlineData("capacity >= 500/s", 400.0, 500.0, Verdict.Fail)]
    [InlineData("capacity > 500/s", 400.0, null, Verdict.Unknown)]
    [InlineData("capacity >= 200/s", null, 100.0, Verdict.Fail)]
    [InlineData("capacity >= 50/s", null, 100.0, Verdict.Unknown)]
    [InlineData("capacity < 500/s", 400.0, 500.0, Verdict.Pass)]
    [InlineData("capacity < 450/s", 400.0, 500.0, Verdict.Unknown)]
    [InlineData("capacity < 400/s", 400.0, null, Verdict.Fail)]
    public void Between_what_held_and_what_did_not_the_capacity_is_not_known(
        string text, double? highest, double? lowest, Verdict verdict) => Expect(
        verdict, text, new MeasuredRun { Capacity = new CapacityResult(highest, lowest, 5, null) },
        highest is { } held ? $"{held:0}/s held" : "100/s did not");

    [Fact]
    public void A_rate_that_the_generator_could_not_keep_says_nothing_of_the_system() => Expect(
        Verdict.Unknown, "capacity >= 500/s", new MeasuredRun { Capacity = new CapacityResult(400, null, 3, 500) },
        "400/s held, the generator could not keep 500/s");

    [Fact]
    public void Growth_outside_of_a_phase_is_not_the_phase_s()
    {
        var evidence = Evidence.Of(
            worker: (i, sample) => sample with { Anonymous = (80 << 20) + (Math.Min(i, 1200) * 100_000L) },
            seconds: TenMinutes);
        var run = Watched(evidence) with
        {
            Phases =
            [
                Phase("climb", 0, 300, isMeasured: true), Phase("soak", 310, TenMinutes, isMeasured: true),
            ],
        };

        Expect(Verdict.Pass, "growth.memory{phase:soak} < 1MB/h", run, "^0 B/h");
        Expect(Verdict.Fail, "growth.memory{phase:climb} < 1MB/h", run, "GiB/h at rpa1-1");
    }

    [Theory]
    [InlineData(0.120, Verdict.Fail, @"^\+20.0 % \(\+\d.* to \+\d.*\) beside run good-6; wanted < 10% @95%.$")]
    [InlineData(0.101, Verdict.Pass, @"^\+1.0 % \(−\d.* to \+\d.*\) beside run good-6")]
    [InlineData(0.090, Verdict.Pass, @"^−10.0 %")]
    public void A_run_is_held_against_the_good_ones_before_it(double p99, Verdict verdict, string said) => Expect(
        verdict, "regression.p99 < 10% @95%", Compared("latency.p99", p99, 0.1, spread: 0.02), said);

    [Fact]
    public void Fewer_records_a_second_are_worse() => Expect(
        Verdict.Fail, "regression.throughput < 10%", Compared("throughput", 80, 100, spread: 0.02),
        @"^\+25.0 % \(\+");

    [Fact]
    public void What_varies_more_than_the_bound_is_not_known() => Expect(
        Verdict.Unknown, "regression.p99 < 10%", Compared("latency.p99", 0.11, 0.1, spread: 0.2),
        @"^Can't be told: \+10.0 % \(−");

    [Fact]
    public void Without_a_good_run_before_it_a_regression_is_not_known() => Expect(
        Verdict.Unknown, "regression.p99 < 10%", new MeasuredRun(), "no good run before it is kept; --baseline");

    [Theory]
    [InlineData("recovery.ttr < 10s", Verdict.Fail, @"^12\.00 s \(pause of rpa2-1\), the worst of 2 faults")]
    [InlineData("recovery.ttr < 13s", Verdict.Pass, @"^12\.00 s")]
    [InlineData("recovery.ttr{fault:kill} < 10s", Verdict.Pass, @"^3\.00 s \(kill of rpa1-1\), the worst of 1 fault;")]
    [InlineData("recovery.drain < 10s", Verdict.Unknown, @"^Can't be told: more than 5\.00 s \(kill of rpa1-1\)")]
    [InlineData("recovery.drain < 4s", Verdict.Fail, @"^more than 5\.00 s \(kill of rpa1-1\)")]
    [InlineData("recovery.cpu < 1", Verdict.Unknown, "no fault showed it")]
    public void The_worst_fault_has_to_keep_it(string text, Verdict verdict, string said) => Expect(
        verdict,
        text,
        new MeasuredRun
        {
            Recovery =
            [
                new FaultFigures("kill of rpa1-1",
                [
                    new Figure { Measure = Measure.Recover, Value = 3 },
                    new Figure { Measure = Measure.Drain, Value = 5, IsOpen = true },
                    new Figure { Measure = Measure.Processor },
                ]),
                new FaultFigures("pause of rpa2-1", [new Figure { Measure = Measure.Recover, Value = 12 }]),
            ],
        },
        said);

    [Fact]
    public void What_a_run_that_was_stopped_early_missed_is_not_known()
    {
        var run = Compared("throughput", 80, 100, spread: 0.02) with { IsPart = true };

        Expect(Verdict.Unknown, "regression.throughput < 10%", run, "the run was stopped early; until then +25.0 %");
        Expect(Verdict.Pass, "regression.throughput < 50%", run, "25.0 %");
    }

    [Theory]
    [InlineData("errors == 0", Verdict.Fail)]
    [InlineData("errors.rate < 1%", Verdict.Unknown)]
    [InlineData("errors >= 5", Verdict.Unknown)]
    public void What_no_rest_of_a_run_could_make_good_fails_all_the_same(string text, Verdict verdict)
    {
        var phase = Phase("climb", 0, 10, isMeasured: true);
        (phase.Sent, phase.Errors) = (100, 3);

        Expect(verdict, text, new MeasuredRun { Phases = [phase], IsPart = true }, "3");
    }

    private static void Expect(Verdict verdict, string text, MeasuredRun run, string said)
    {
        var (threshold, problem) = ThresholdParser.Parse(text, _all);
        Assert.Null(problem);
        Assert.NotNull(threshold);

        var check = Assert.Single(ThresholdChecks.Of([threshold], run));

        Assert.Matches(said.StartsWith('^') || said.EndsWith('$') ? said : Regex.Escape(said), check.Summary);
        Assert.Equal((verdict, text), (check.Verdict, check.Title));
        Assert.Equal(verdict is Verdict.Fail ? 1 : 0, check.Count);
    }

    private static MeasuredRun Watched(PerformanceEvidence evidence) => new() { Evidence = evidence };

    private static MeasuredPhase Phase(string name, int from, int to, bool isMeasured) => new(
        new PhaseSpan(name, Evidence.Zero.AddSeconds(from), Evidence.Zero.AddSeconds(to), 100, isMeasured), ["rpa1"]);

    /// <summary>Six runs before it, around a level by turns, and one.</summary>
    private static MeasuredRun Compared(string metric, double value, double before, double spread)
    {
        IReadOnlyList<RunMetric> Run(double level) => [new RunMetric(metric, level, 10_000)];
        return new MeasuredRun
        {
            Measurements = new RunMeasurements { Metrics = Run(value), Stages = [] },
            Baseline = new Baseline
            {
                RunId = "good-6",
                Metrics = Run(before),
                Stages = [],
                Earlier = [.. Enumerable.Range(0, 6).Select(i => Run(before * (i % 2 == 0 ? 1 : 1 + spread)))],
            },
        };
    }
}
