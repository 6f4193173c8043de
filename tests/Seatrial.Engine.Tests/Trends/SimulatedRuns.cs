using Seatrial.Engine.Plans;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

/// <summary>
/// Runs as real ones look: log-normal times, seconds that resemble the one before, and runs that differ as wholes.
/// </summary>
internal sealed class SimulatedRuns(ulong seed)
{
    private const double Likeness = 0.7;
    private const double SpreadOfSeconds = 0.04;
    private const double SpreadOfRecords = 0.6;

    private readonly SeededRandom _chance = new(seed);
    private double? _other;

    /// <summary>How much runs differ from each other: the deviation of the logarithm.</summary>
    public double SpreadOfRuns { get; init; } = 0.02;

    public int Seconds { get; init; } = 60;

    public int PerSecond { get; init; } = 100;

    /// <summary>One run, so much slower than usual.</summary>
    public RunMeasurements Run(double slower = 1)
    {
        var ofRun = SpreadOfRuns * Normal();
        var ofSecond = SpreadOfSeconds * Normal();
        var seconds = new List<LatencyHistogram>();
        for (var second = 0; second < Seconds; second++)
        {
            ofSecond = (Likeness * ofSecond)
                + (Math.Sqrt(1 - (Likeness * Likeness)) * SpreadOfSeconds * Normal());
            var level = slower * Math.Exp(ofRun + ofSecond);
            var histogram = new LatencyHistogram();
            var records = (int)Math.Round(PerSecond / level);
            for (var i = 0; i < records; i++)
            {
                histogram.Add((long)(20_000 * level * Math.Exp(SpreadOfRecords * Normal())));
            }

            seconds.Add(histogram);
        }

        return RunMetrics.Of([new StageSeconds("rpa1", Seconds, seconds)], []);
    }

    public IReadOnlyList<RunMeasurements> Group(int runs, double slower = 1) =>
        [.. Enumerable.Range(0, runs).Select(_ => Run(slower))];

    /// <summary>By Box and Muller, whose numbers come in pairs.</summary>
    public double Normal()
    {
        if (_other is { } other)
        {
            _other = null;
            return other;
        }

        var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
        var length = Math.Sqrt(-2 * Math.Log(Uniform()));
        _other = length * sin;
        return length * cos;
    }

    private double Uniform() => ((_chance.NextBits() >> 11) + 0.5) / (1UL << 53);
}
