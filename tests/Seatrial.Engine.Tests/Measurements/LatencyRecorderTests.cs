using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Thresholds;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class LatencyRecorderTests
{
    private static readonly string[] _stages = ["take", "give"];

    private readonly LatencyRecorder _recorder = new(
        _stages,
        [
            new PhaseSpan("warm-up", At(0), At(1_000), 1, IsMeasured: false),
            new PhaseSpan("steady", At(1_000), At(3_000), 2_000, IsMeasured: true),
        ]);

    private long _index;

    [Fact]
    public void A_record_counts_from_when_it_was_due_whenever_it_was_sent()
    {
        Sent("a", due: 1_000, sent: 1_400);
        Way("a", 1_410, 1_420, 1_450, 1_460, 1_500);

        var steady = _recorder.Measured[1];

        Assert.Equal(500, Math.Round(steady.Latency.Most.GetValueOrDefault().TotalMilliseconds));
        Assert.Equal(400, Math.Round(steady.Lateness.Most.GetValueOrDefault().TotalMilliseconds));
        Assert.Equal((1, 0), (steady.Sent, _recorder.Measured[0].Sent));
    }

    [Fact]
    public void What_was_not_acknowledged_is_counted_unless_the_log_has_it()
    {
        Sent("a", 1_000, 1_000, AckOutcome.Acked);
        Sent("b", 1_100, 1_100, AckOutcome.Failed);
        Sent("c", 1_200, 1_200, AckOutcome.Unknown);
        Sent("d", 1_300, 1_300, AckOutcome.Unknown);
        Way("c", 1_210, 1_220, 1_230, 1_240, 1_250);

        var steady = _recorder.Measured[1];

        Assert.Equal((4, 1, 1, 1), (steady.Sent, steady.Errors, steady.Refused, steady.Unanswered));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stages_are_told_apart_whichever_comes_first_in_the_transaction_of_the_hand_over(bool handsOverFirst)
    {
        Sent("a", due: 1_000, sent: 1_000);
        Way("a", 1_010, 1_030, 1_100, 1_160, 1_400, handsOverFirst);

        var (take, give) = (_recorder.Measured[1].Stages[0], _recorder.Measured[1].Stages[1]);

        Assert.Equal([20, 70, 90], Milliseconds(take));
        Assert.Equal([60, 240, 300], Milliseconds(give));
    }

    [Fact]
    public void A_stall_shows_in_all_whom_it_kept_waiting()
    {
        // One second stands still: of 2,000 records, 1,000 that were due in it are late by half a second on average.
        for (var i = 0; i < 2_000; i++)
        {
            var due = 1_000 + i;
            Sent($"{i}", due, Math.Max(due, 2_000));
            var done = Math.Max(due, 2_000) + 5;
            Way($"{i}", done - 4, done - 3, done - 2, done - 1, done);
        }

        Assert.InRange(_recorder.Measured[1].Latency.Quantile(0.5).GetValueOrDefault().TotalMilliseconds, 4, 10);
        Assert.InRange(_recorder.Measured[1].Latency.Quantile(0.75).GetValueOrDefault().TotalMilliseconds, 490, 515);
        Assert.InRange(_recorder.Measured[1].Latency.Quantile(0.99).GetValueOrDefault().TotalMilliseconds, 970, 1_000);
    }

    [Fact]
    public void A_tail_that_was_hardly_seen_is_not_told()
    {
        for (var i = 0; i < 999; i++)
        {
            Sent($"{i}", 1_000, 1_000);
            Way($"{i}", 1_001, 1_002, 1_003, 1_004, 1_005);
        }

        Assert.Null(_recorder.Measured[1].Latency.Quantile(0.99));
        Assert.NotNull(_recorder.Measured[1].Latency.Quantile(0.95));
        Assert.Equal(
            (Verdict.Unknown, "Can't be told: 999 samples, where it takes 1,000 to see that tail; wanted < 1s."),
            Check("latency.p99 < 1s"));
        Assert.Equal(Verdict.Pass, Check("latency.p95 < 1s").Verdict);
    }

    [Fact]
    public void Refused_and_dead_records_are_errors()
    {
        Sent("a", 1_000, 1_000, AckOutcome.Failed);
        Sent("b", 1_000, 1_000);
        See(EventKind.Enqueue, "take", "b", 1_001);
        See(EventKind.Dead, "take", "b", 1_002);
        Sent("c", 1_000, 1_000);

        Assert.Equal((Verdict.Fail, "2 of 3 records; wanted == 0."), Check("errors == 0"));
        Assert.Equal((Verdict.Fail, "66.667 % of 3 records; wanted < 1%."), Check("errors.rate < 1%"));
    }

    [Fact]
    public void Nothing_measured_is_unknown_and_never_passed()
    {
        Assert.Equal((Verdict.Unknown, "Can't be told: nothing was measured; wanted == 0."), Check("errors == 0"));
        Assert.Equal(Verdict.Unknown, Check("latency.max{phase:steady} < 1s").Verdict);
        Assert.Equal(Verdict.Unknown, Check("throughput > 0").Verdict);
        Assert.Equal(Verdict.Unknown, Check("capacity > 0").Verdict);
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds);

    private static IEnumerable<double> Milliseconds(MeasuredStage stage) =>
        new[] { stage.Wait, stage.Run, stage.Latency }
            .Select(one => Math.Round(one.Most.GetValueOrDefault().TotalMilliseconds));

    private (Verdict Verdict, string Summary) Check(string text)
    {
        var threshold = ThresholdParser.Parse(
            text, new ThresholdScope { Sources = [ThresholdSource.Load], Phases = ["steady"], Stages = _stages })
            .Threshold;
        Assert.NotNull(threshold);
        var check = Assert.Single(ThresholdChecks.Of([threshold], new MeasuredRun { Phases = _recorder.Measured }));
        return (check.Verdict, check.Summary);
    }

    private void Sent(string key, long due, long sent, AckOutcome outcome = AckOutcome.Acked) =>
        _recorder.Sent(new Acknowledgement
        {
            Queue = "take",
            Key = key,
            Outcome = outcome,
            DueAt = due * 1_000,
            SentAt = sent * 1_000,
        });

    private void Way(
        string key, long came, long claimed, long handedOver, long claimedAgain, long done, bool handsOverFirst = false)
    {
        See(EventKind.Enqueue, "take", key, came);
        See(EventKind.Claim, "take", key, claimed);
        if (handsOverFirst)
        {
            See(EventKind.Enqueue, "give", key, handedOver);
            See(EventKind.Done, "take", key, handedOver);
        }
        else
        {
            See(EventKind.Done, "take", key, handedOver);
            See(EventKind.Enqueue, "give", key, handedOver);
        }

        See(EventKind.Claim, "give", key, claimedAgain);
        See(EventKind.Done, "give", key, done);
    }

    private void See(EventKind kind, string queue, string key, long at) => _recorder.Observe(new HistoryEvent
    {
        Index = _index++,
        CommitLsn = 0,
        Xid = 0,
        At = at * 1_000,
        Kind = kind,
        Queue = queue,
        Record = key,
        Key = key,
    });
}
