using CsCheck;
using Seatrial.Engine.Measurements.Trends;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class LeaksTests
{
    private const double Level = 100e6;

    private static readonly DateTimeOffset _zero = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<double[]> _noise = Gen.Double[-1, 1].Array[480];

    [Fact]
    public void Noise_around_a_level_never_leaks() => _noise.Sample(
        noise => Leaks.Find(LeakRule.Memory, Series(i => Level + (noise[i] * 20e6))) is null, iter: 300);

    [Fact]
    public void Noise_that_resembles_its_neighbours_never_leaks() => _noise.Sample(
        noise =>
        {
            var level = 0.0;
            return Leaks.Find(LeakRule.Memory, Series(i => Level + (level = (0.8 * level) + (noise[i] * 3e6)))) is null;
        },
        iter: 300);

    [Fact]
    public void A_leak_under_a_collectors_saw_tooth_is_seen_with_its_slope_in_the_interval() =>
        Gen.Select(Gen.Double[0.3e6, 2e6], Gen.Int[5, 30], _noise).Sample(
            (slope, period, noise) =>
            {
                var leak = Leaks.Find(LeakRule.Memory, Series(
                    i => Level + (slope * i / 4) + (i % period * 500_000) + (noise[i] * 500_000)));
                Assert.NotNull(leak);
                Assert.InRange(slope * 60, leak.Low * 0.9, leak.High * 1.1);
                Assert.True(leak.Certainty > 0.98);
            },
            iter: 200);

    [Fact]
    public void Warming_up_is_no_leak() => Gen.Double[3, 20].Sample(
        speed => Leaks.Find(LeakRule.Memory, Series(i => Level + (60e6 * (1 - Math.Exp(-i / 4.0 / speed))))) is null,
        iter: 100);

    [Fact]
    public void A_step_is_no_leak() => Gen.Int[0, 479].Sample(
        at => Leaks.Find(LeakRule.Memory, Series(i => i < at ? Level : 2 * Level)) is null, iter: 100);

    [Fact]
    public void A_growth_that_is_certain_and_small_is_no_leak() =>
        Assert.Null(Leaks.Find(LeakRule.Memory, Series(i => Level + (i * 1000))));

    [Fact]
    public void Less_than_a_minute_shows_nothing() =>
        Assert.Null(Leaks.Find(LeakRule.Memory, [.. Series(i => Level + (i * 1e6)).Take(200)]));

    [Fact]
    public void Handles_that_are_never_closed_leak() =>
        Assert.Equal(60, Leaks.Find(LeakRule.Files, Series(i => 20 + (i / 4)))?.PerMinute ?? 0, tolerance: 1);

    /// <summary>Two minutes, four times a second.</summary>
    private static List<(DateTimeOffset At, double Value)> Series(Func<int, double> value) =>
        [.. Enumerable.Range(0, 480).Select(i => (_zero.AddSeconds(i / 4.0), value(i)))];
}
