using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Performance;

namespace Seatrial.Suites.Tests.Performance;

/// <summary>What is said of a load before anything is said of the system.</summary>
public sealed class LoadChecksTests
{
    private static readonly DateTimeOffset _zero = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, Verdict.Pass, "10 records sent and taken in.")]
    [InlineData(2, 0, Verdict.Fail, "Of 10 records, 2 were refused by the database, and of 0 nobody knows.")]
    [InlineData(0, 1, Verdict.Unknown, "of 1 nobody knows")]
    [InlineData(2, 1, Verdict.Fail, "2 were refused")]
    public void What_the_database_did_not_take_is_told(int refused, int unanswered, Verdict verdict, string said)
    {
        var check = IntakeCheck.Of(Phases(refused, unanswered));

        Assert.Equal((verdict, refused + unanswered), (check.Verdict, check.Count));
        Assert.Contains(said, check.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_in_a_search_is_a_rate_that_was_missed() => Assert.Equal(
        Verdict.Unknown, IntakeCheck.Of(Phases(refused: 3, unanswered: 0, isMeasured: false)).Verdict);

    [Theory]
    [InlineData(null, Verdict.Pass, "10 records sent as planned")]
    [InlineData(9, Verdict.Pass, "10 records sent as planned")]
    [InlineData(600, Verdict.Unknown, "The database's clock is 600 ms ahead of this machine's")]
    [InlineData(-600, Verdict.Unknown, "The database's clock is 600 ms behind this machine's")]
    public void Two_clocks_measure_nothing(int? milliseconds, Verdict verdict, string said)
    {
        var check = GeneratorCheck.Of(
            Phases(0, 0), skew: milliseconds is { } skew ? TimeSpan.FromMilliseconds(skew) : null);

        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(said, check.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "give the generator more of the machine")]
    [InlineData(3, "the entrance had 3 requests sent again")]
    public void Who_held_the_generator_up_is_told(int later, string said)
    {
        var check = GeneratorCheck.Of(
            Phases(0, 0, planned: 20), new EntranceAnswers { Entrance = "lb:8080", Later = later });

        Assert.Equal(Verdict.Unknown, check.Verdict);
        Assert.Contains(said, Assert.Single(check.Findings).Story, StringComparison.Ordinal);
    }

    /// <summary>Ten records of a phase, as their client noted them.</summary>
    private static IReadOnlyList<MeasuredPhase> Phases(
        int refused, int unanswered, bool isMeasured = true, int planned = 10)
    {
        var span = new PhaseSpan("steady", _zero, _zero.AddSeconds(10), planned, isMeasured);
        var live = new LiveLatencies("take", ["take"], [span]);
        var records = Enumerable.Range(0, 10).Select(i => new WorkloadRecord($"{i}", "{}")).ToList();
        var due = records.Select((_, i) => _zero.AddSeconds(i)).ToList();
        for (var i = 0; i < 10; i++)
        {
            var batch = new SentBatch([records[i]], [due[i]], due[i]);
            live.Sending(batch);
            if (i < refused + unanswered)
            {
                live.Unacknowledged(batch, i < refused ? AckOutcome.Failed : AckOutcome.Unknown);
            }
        }

        return live.Look(phases => phases);
    }
}
