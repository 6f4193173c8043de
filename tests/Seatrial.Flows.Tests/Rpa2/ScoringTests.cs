using System.Globalization;
using CsCheck;
using Rpa2;
using Seatrial.Flows.Tests.Rpa1;
using CleanAnswer = Rpa2.CleanAnswer;

namespace Seatrial.Flows.Tests.Rpa2;

public sealed class ScoringTests
{
    private const int EveryPeer = 11;

    private static readonly Scoring Scoring = new(Peers.Load());

    private static readonly CleanAnswer Answer = new()
    {
        Year = 2006,
        Marital = "Widowed",
        Age = 80,
        Race = "White",
        IncomeLow = 1000,
        Lean = 0,
        Religion = "Catholic",
        TvHours = 6,
    };

    [Fact]
    public void A_score_is_the_same_for_ever()
    {
        var score = Scoring.Score("gss:1", Answer);

        Assert.Equal(score, Scoring.Score("gss:1", Answer));
        Assert.Equal((4.2942m, 3.7308m, 4.9097m, 1.7058m, 0.7868m), (
            score.ExpectedTvHours, score.Low, score.High, score.Deviation, score.Typicality));
    }

    [Fact]
    public void Chance_is_the_records_own()
    {
        var (one, other) = (Scoring.Score("gss:1", Answer), Scoring.Score("gss:2", Answer));

        Assert.Equal(one.ExpectedTvHours, other.ExpectedTvHours);
        Assert.NotEqual((one.Low, one.High), (other.Low, other.High));
    }

    [Fact]
    public void The_old_are_expected_to_watch_more_than_the_young() => Assert.True(
        Scoring.Score("old", Answer)
            .ExpectedTvHours > Scoring.Score("young", Answer with { Age = 25, Marital = "Married" }).ExpectedTvHours);

    [Fact]
    public void An_answer_is_not_its_own_peer()
    {
        var peer = Peers.Load()[0];
        var scoring = new Scoring([peer, .. Enumerable.Range(
            0, Scoring.Neighbours).Select(i => peer with { Key = $"other {i}", TvHours = 1 })]);
        var answer = new CleanAnswer { Year = (int)peer.Profile.Year };

        Assert.Equal(1, scoring.Score(peer.Key, answer).ExpectedTvHours);
        Assert.NotEqual(1, scoring.Score("a stranger", answer).ExpectedTvHours);
    }

    [Fact]
    public void Whatever_is_missing_the_score_is_within_its_bounds()
    {
        var number = Gen.Int[-1, 100].Select(value => value < 18 ? (int?)null : value);
        Gen.Select(Gen.Int[2000, 2014], number, number, Gen.Bool).Sample(
            (year, age, income, known) =>
            {
                var score = Scoring.Score("key", new CleanAnswer
                {
                    Year = year,
                    Age = age,
                    IncomeLow = income * 250,
                    Marital = known ? "Married" : null,
                    TvHours = known ? 2 : null,
                });
                Assert.InRange(score.ExpectedTvHours, score.Low - 1, score.High + 1);
                Assert.InRange(score.Low, 0, score.High);
                Assert.InRange(score.Typicality, 0, 1);
                Assert.Equal(known, score.Deviation is not null);
                Assert.Equal(1 + (age is null ? 0 : 1) + (income is null ? 0 : 1) + (known ? 1 : 0), score.ComparedOn);
            },
            iter: 200);
    }

    [Fact]
    public void Similarity_is_symmetric_and_one_with_itself()
    {
        var profiles = Peers.Load().Select(peer => peer.Profile).ToArray();
        var profile = Gen.Int[0, profiles.Length - 1].Select(i => profiles[i]);
        Gen.Select(profile, profile).Sample((one, other) =>
            Similarity.Of(one, other) == Similarity.Of(other, one)
            && Similarity.Of(one, one) == 1
            && Similarity.Of(one, other) is >= 0 and <= 1);
    }

    [Fact]
    public void The_sample_is_what_the_intake_makes_of_the_survey()
    {
        var expected = Survey.Answers
            .Where(answer => answer.Fields["tvhours"] != "NA")
            .Where((_, i) => i % EveryPeer == 0)
            .Select(answer => Line(answer.Key, CleaningTests.Clean(CleaningTests.RowOf(answer.Fields))))
            .Prepend(Peers.Header);
        var file = Path.Combine(Survey.Root(), "flows", "rpa2", "peers.csv");
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write")
        {
            File.WriteAllText(file, string.Join('\n', expected) + "\n");
        }

        Assert.Equal(expected, File.ReadAllLines(file));
    }

    private static string Line(string key, global::Rpa1.CleanAnswer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key};{answer.Year};{answer.Age};{answer.IncomeLow};{answer.Lean};{answer.Marital};{answer.Race};{answer.Religion};{answer.TvHours}");
}
