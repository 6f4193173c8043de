using System.Diagnostics;
using Seatrial.Engine.Checks;

namespace Seatrial.Bench.Judging;

/// <summary>How fast a kept run's history is read from its file and judged, after one round that warms up.</summary>
internal static class JudgeBenchmark
{
    private const int Rounds = 5;

    public static async Task RunAsync(string run)
    {
        var events = (await Judge.VerifyAsync(run, CancellationToken.None)).Totals.Events;
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await Judge.VerifyAsync(run, CancellationToken.None);
            rates.Add(events / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        Console.WriteLine($"{events:N0} events, {Medians.Describe(rates)} events/s");
    }
}
