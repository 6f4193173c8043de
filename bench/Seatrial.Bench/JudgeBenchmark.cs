using System.Diagnostics;
using System.Globalization;
using Seatrial.Engine.Checks;

namespace Seatrial.Bench;

/// <summary>How fast a kept run's history is read and judged: median of five, after one round that warms up.</summary>
internal static class JudgeBenchmark
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string run)
    {
        var events = (await Judge.VerifyAsync(run, CancellationToken.None)).Totals.Events;
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await Judge.VerifyAsync(run, CancellationToken.None);
            rates.Add(events / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        rates.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events:N0} events, {rates[Rounds / 2]:N0}/s (median of {Rounds}; {rates[0]:N0} to {rates[^1]:N0})"));
        return 0;
    }
}
