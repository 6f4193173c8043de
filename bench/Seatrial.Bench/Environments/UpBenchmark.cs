using System.Globalization;

namespace Seatrial.Bench.Environments;

/// <summary>
/// The same Compose file brought up until all of it is healthy, and taken down, by each contender in turn; images are
/// there. Ratios are of the same round.
/// </summary>
internal static class UpBenchmark
{
    public static async Task RunAsync(int rounds, string[] filters)
    {
        using var rpa = ComposeCopies.Rpa();
        using var twenty = ComposeCopies.Independent(20);
        IReadOnlyList<UpContender> contenders =
        [
            new ProgramContender("Seatrial, RPA", rpa, Programs.Seatrial),
            new ProgramContender("docker-compose, RPA", rpa, Programs.DockerCompose),
            new TestcontainersContender("Testcontainers, RPA"),
            new ProgramContender("Seatrial, 20 services", twenty, Programs.Seatrial),
            new ProgramContender("docker-compose, 20 services", twenty, Programs.DockerCompose),
            new BareEngineContender("bare engine API, 20 services", 20),
        ];
        contenders =
        [
            .. contenders.Where(contender => filters.Length == 0
                || filters.Any(filter => contender.Name.Contains(filter, StringComparison.Ordinal))),
        ];
        var measured = contenders.ToDictionary(contender => contender, _ => new List<UpTimes>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var times = await contender.RunAsync();

                // The first round warms files and engine.
                if (round > 0)
                {
                    measured[contender].Add(times);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}: {contender.Name}: up {times.Up.TotalSeconds:F2} s, down {times.Down.TotalSeconds:F2} s"));
                }
            }
        }

        Console.WriteLine();
        foreach (var (contender, times) in measured)
        {
            Console.WriteLine($"{contender.Name}: up {Describe(times, one => one.Up)} s, down {Describe(times, one => one.Down)} s");
        }

        Console.WriteLine("\nratios, round by round");
        foreach (var ours in contenders.Where(one => one.Name.StartsWith("Seatrial", StringComparison.Ordinal)))
        {
            var system = ours.Name["Seatrial".Length..];
            foreach (var other in contenders.Where(one =>
                one != ours && one.Name.EndsWith(system, StringComparison.Ordinal)))
            {
                Console.WriteLine($"{ours.Name} / {other.Name}: "
                    + $"up {Ratio(measured[ours], measured[other], one => one.Up)}, "
                    + $"down {Ratio(measured[ours], measured[other], one => one.Down)}");
            }
        }
    }

    private static string Describe(List<UpTimes> times, Func<UpTimes, TimeSpan> of) =>
        Medians.Describe([.. times.Select(one => of(one).TotalSeconds)], "F2");

    private static string Ratio(List<UpTimes> ours, List<UpTimes> theirs, Func<UpTimes, TimeSpan> of) =>
        Medians.Describe([.. ours.Zip(theirs, (one, other) => of(one) / of(other))], "F2");
}
