using System.Globalization;

namespace Seatrial.Engine.Chaos.Shrinking;

/// <summary>How often something failed in how many runs.</summary>
public readonly record struct Reproduction(int Failures, int Runs)
{
    /// <summary>The part of the runs that failed.</summary>
    public double Rate => Runs is 0 ? 0 : (double)Failures / Runs;

    /// <summary>With one run more.</summary>
    public Reproduction And(bool failed) => new(Failures + (failed ? 1 : 0), Runs + 1);

    /// <summary>The interval of the true rate at 95 %, by Wilson's score (1927): right for few runs, too.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Runs is 0)
            {
                return (0, 1);
            }

            const double Z = 1.959963984540054;
            var middle = (Rate + (Z * Z / (2 * Runs))) / (1 + (Z * Z / Runs));
            var half = Z / (1 + (Z * Z / Runs))
                * Math.Sqrt((Rate * (1 - Rate) / Runs) + (Z * Z / (4.0 * Runs * Runs)));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>
    /// How many runs without a failure it takes to believe, but for <paramref name="doubt"/>, that what fails at
    /// <paramref name="rate"/> does not fail any more: the least n with (1 - rate)^n ≤ doubt.
    /// </summary>
    public static int RunsToClear(double rate, double doubt, int most) => rate switch
    {
        >= 1 => 1,
        <= 0 => most,
        _ => (int)Math.Clamp(Math.Ceiling((Math.Log(doubt) / Math.Log(1 - rate)) - 1e-9), 1, most),
    };

    /// <summary>E.g. <c>4 of 5 runs (80 %, 95 % interval 38 % to 96 %)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Failures} of {Runs} runs ({Rate * 100:0} %, 95 % interval {Interval.Low * 100:0} % to {Interval.High * 100:0} %)");
}
