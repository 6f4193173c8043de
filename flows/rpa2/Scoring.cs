using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Rpa2;

/// <summary>
/// Scores an answer against its nearest peers: what they watch is expected of it, and a bootstrap (B. Efron, Annals of
/// Statistics 7, 1979) says how sure that is. The same answer has the same score everywhere and for ever: chance is
/// drawn from the record's key.
/// </summary>
internal sealed class Scoring(IReadOnlyList<Peer> peers)
{
    public const int Neighbours = 64;
    public const int Resamples = 1000;
    private const double Tail = 0.05;
    private const int Decimals = 4;

    public static void Configure(WorkerBuilder worker) =>
        worker.ServeRecords().Handle("rpa2", Rpa2Json.Default.CleanAnswer, new Scoring(Peers.Load()).Handle);

    public Outcome Handle(Record<CleanAnswer> record)
    {
        var answer = record.Payload;
        var score = Score(record.Key, answer);
        var scored = new ScoredAnswer
        {
            Year = answer.Year,
            Marital = answer.Marital,
            TvHours = answer.TvHours,
            ExpectedTvHours = score.ExpectedTvHours,
            Typicality = score.Typicality,
        };
        return Outcome.Done(score, Rpa2Json.Default.Score).Then("rpa3", scored, Rpa2Json.Default.ScoredAnswer);
    }

    /// <summary>The answer under that key is not its own peer.</summary>
    public Score Score(string key, CleanAnswer answer)
    {
        var profile = ProfileOf(answer);
        var nearest = Nearest(key, profile);
        var weights = nearest.Sum(near => near.Similarity);
        var expected = nearest.Sum(near => near.Similarity * near.TvHours) / weights;
        var means = Bootstrap(nearest, new SplitMix(key));
        return new Score
        {
            ExpectedTvHours = Round(expected),
            Low = Round(means[(int)(Resamples * Tail)]),
            High = Round(means[(int)(Resamples * (1 - Tail)) - 1]),
            Deviation = answer.TvHours is { } hours ? Round(hours - expected) : null,
            Typicality = Round(weights / nearest.Length),
            ComparedOn = CountFields(profile),
        };
    }

    private (double Similarity, double TvHours)[] Nearest(string key, Profile profile)
    {
        var nearest = new (double Similarity, double TvHours)[Neighbours];
        var found = 0;
        foreach (var peer in peers)
        {
            var similarity = Similarity.Of(profile, peer.Profile);
            var isFull = found == Neighbours;
            if ((isFull && similarity <= nearest[^1].Similarity)
                || string.Equals(peer.Key, key, StringComparison.Ordinal))
            {
                continue;
            }

            // Insertion behind equals: they keep the sample's order, so that the choice among them is the same
            // everywhere.
            var at = isFull ? Neighbours - 1 : found++;
            for (; at > 0 && nearest[at - 1].Similarity < similarity; at--)
            {
                nearest[at] = nearest[at - 1];
            }

            nearest[at] = (similarity, peer.TvHours);
        }

        return nearest;
    }

    private static double[] Bootstrap((double Similarity, double TvHours)[] nearest, SplitMix chance)
    {
        var means = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var (sum, weights) = (0.0, 0.0);
            for (var j = 0; j < nearest.Length; j++)
            {
                var (similarity, hours) = nearest[chance.Below(nearest.Length)];
                sum += similarity * hours;
                weights += similarity;
            }

            means[i] = sum / weights;
        }

        Array.Sort(means);
        return means;
    }

    internal static Profile ProfileOf(CleanAnswer answer) => new()
    {
        Year = answer.Year,
        Age = answer.Age ?? double.NaN,
        Income = answer.IncomeLow ?? double.NaN,
        Lean = answer.Lean ?? double.NaN,
        Marital = answer.Marital ?? "",
        Race = answer.Race ?? "",
        Religion = answer.Religion ?? "",
    };

    private static int CountFields(Profile profile) =>
        new[] { profile.Year, profile.Age, profile.Income, profile.Lean }.Count(number => !double.IsNaN(number))
        + new[] { profile.Marital, profile.Race, profile.Religion }.Count(label => label.Length > 0);

    private static decimal Round(double value) => Math.Round((decimal)value, Decimals);
}
