using System.Diagnostics;
using System.Globalization;
using Seatrial.Testing;

namespace Seatrial.Bench.Environments;

/// <summary>
/// A source of one flow changes, and <c>up -d</c> runs until its container is healthy again: the whole, and its parts
/// by the lines that the program prints.
/// </summary>
internal static class ChangeBenchmark
{
    private const string Project = "seatrialbench";

    private static readonly (string Part, string Line)[] _parts =
    [
        ("start, reading, hashing", "rpa2: compiling"),
        ("compiling", "… seatrial/rpa2:"),
        ("image, plan", " rpa2-1 .* created"),
        ("start", " rpa2-1 .* started"),
        ("healthy", " rpa2-1 .* ready"),
        ("stop of the old one, which worked until then; end", ""),
    ];

    public static async Task RunAsync(int rounds)
    {
        var program = Repository.PathOf("artifacts/seatrial/seatrial");
        var system = Repository.PathOf("systems/rpa");
        var source = Repository.PathOf("flows/rpa2/Score.cs");
        var before = await File.ReadAllTextAsync(source);
        var measured = new List<double[]>();
        try
        {
            await UpAsync(program, system);
            for (var round = 0; round <= rounds; round++)
            {
                await File.WriteAllTextAsync(
                    source, $"{before}\ninternal sealed class Change{round}{Stopwatch.GetTimestamp()};\n");
                var times = await UpAsync(program, system);

                // The first round warms the compiler.
                if (round > 0)
                {
                    measured.Add(times);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"round {round}: healthy after {times[..^1].Sum():F2} s, end after {times.Sum():F2} s"));
                }
            }
        }
        finally
        {
            await File.WriteAllTextAsync(source, before);
            await Programs.RunAsync(program, "down", system, "--project-name", Project, "--volumes");
        }

        Console.WriteLine($"a changed source until its container is healthy: {Describe([.. measured.Select(one => one[..^1].Sum())])} s");
        Console.WriteLine($"until the command ends: {Describe([.. measured.Select(one => one.Sum())])} s");
        foreach (var (i, part) in _parts.Index())
        {
            Console.WriteLine($"  {part.Part}: {Describe([.. measured.Select(one => one[i])])} s");
        }
    }

    /// <summary>Seconds of each part.</summary>
    private static async Task<double[]> UpAsync(string program, string system)
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, ["up", system, "--project-name", Project, "--detach", "--progress", "plain"])
        {
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} does not start.");
        var began = Stopwatch.GetTimestamp();
        var ends = new double[_parts.Length];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            var part = Array.FindIndex(_parts, one => one.Line.Length > 0
                && System.Text.RegularExpressions.Regex.IsMatch(line, one.Line));
            if (part >= 0)
            {
                ends[part] = Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
        }

        await process.WaitForExitAsync();
        ends[^1] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode is 0
            ? [.. ends.Select((end, i) => end - (i > 0 ? ends[i - 1] : 0))]
            : throw new InvalidOperationException($"up: exit code {process.ExitCode}");
    }

    private static string Describe(IReadOnlyCollection<double> figures) => Medians.Describe(figures, "F2");
}
