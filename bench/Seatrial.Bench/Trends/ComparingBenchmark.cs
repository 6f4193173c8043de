using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seatrial.Bench.Environments;
using Seatrial.Testing;

namespace Seatrial.Bench.Trends;

/// <summary>
/// What <c>seatrial compare</c> calls an image beside itself, and beside one whose flow rpa2 draws more samples for
/// each score, so that throughput falls by some 15 %: how often each is called a regression.
/// </summary>
internal static partial class ComparingBenchmark
{
    private const string Usual = "Resamples = 1000;";
    private const string Slower = "Resamples = 1650;";

    private static readonly string _program = Repository.PathOf("artifacts/seatrial/seatrial");

    /// <param name="rounds">Of both comparisons.</param>
    /// <param name="options">For <c>compare</c>, as <c>--records 3000</c>.</param>
    public static async Task RunAsync(int rounds, string[] options)
    {
        var source = Repository.PathOf("flows/rpa2/Scoring.cs");
        var text = await File.ReadAllTextAsync(source);
        string slow;
        try
        {
            await File.WriteAllTextAsync(source, text.Replace(Usual, Slower, StringComparison.Ordinal));
            slow = await BuildAsync();
        }
        finally
        {
            await File.WriteAllTextAsync(source, text);
        }

        // After the other, for each build removes all but the newest images of a service.
        var same = await BuildAsync();
        if (same == slow)
        {
            throw new InvalidOperationException($"The slow image is the other one: {source} has no '{Usual}'.");
        }

        var folder = Directory.CreateTempSubdirectory("seatrial-comparing-");
        try
        {
            var (alike, apart) = (new Calls("the same image twice"), new Calls("the slower image"));
            for (var round = 1; round <= rounds; round++)
            {
                alike.Add(await CompareAsync(folder.FullName, same, same, options));
                apart.Add(await CompareAsync(folder.FullName, same, slow, options));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The tag of rpa2 as its sources are.</summary>
    private static async Task<string> BuildAsync()
    {
        var output = await Programs.RunAsync(_program, "build", Repository.PathOf("systems/rpa"));
        return Tag().Match(output) is { Success: true, Value: var tag }
            ? tag : throw new InvalidOperationException($"build does not name rpa2's image: {output}");
    }

    private static async Task<JsonNode> CompareAsync(string folder, string before, string after, string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo(
            _program,
            [
                "compare", before, after, "--system", Repository.PathOf("systems/rpa"), "--service", "rpa2", "--json",
                .. options,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"{_program} does not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonNode.Parse(output) ?? throw new InvalidOperationException(
            $"compare: exit code {process.ExitCode}, and no JSON");
    }

    [GeneratedRegex(@"seatrial/rpa2:\w+")]
    private static partial Regex Tag();

    /// <summary>What was called how often, told after each.</summary>
    private sealed class Calls(string what)
    {
        private readonly SortedDictionary<string, int> _verdicts = new(StringComparer.Ordinal);
        private readonly List<double> _throughputs = [];

        public void Add(JsonNode comparison)
        {
            var verdict = Member(comparison, "verdict");
            _verdicts[verdict] = _verdicts.GetValueOrDefault(verdict) + 1;
            var changes = (comparison["changes"] as JsonArray ?? []).OfType<JsonNode>().ToList();
            if (changes.Find(change => Member(change, "metric") == "throughput")?["ratio"] is { } ratio)
            {
                _throughputs.Add(ratio.GetValue<double>());
            }

            var worse = changes.Where(change => Member(change, "is") == "worse")
                .Select(change => Member(change, "metric"));
            Console.WriteLine($"{what}: {string.Join(", ", _verdicts.Select(one => $"{one.Key} {one.Value}"))}; "
                + $"worse now: {string.Join(", ", worse)}; throughput {Medians.Describe(_throughputs, "F3")}");
        }

        private static string Member(JsonNode node, string name) =>
            Convert.ToString(node[name], CultureInfo.InvariantCulture) ?? "";
    }
}
