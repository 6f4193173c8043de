using System.Text.Json.Nodes;
using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>What is proposed is tried in real containers, and gives what is said of it.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class TuneTests
{
    [Fact]
    public async Task More_of_a_processor_gives_a_limited_worker_more_throughput()
    {
        using var folder = new TrialFolder();
        var planted = PlantedBottleneck.All.Single(one => one.Name == "cpu-limit");
        var system = (planted with { Service = "cpus: 0.4" }).WriteTo(folder);
        var file = Path.Combine(system, "compose.yaml");
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var exit = await folder.SeatrialAsync("tune", system, "--records", "400", "--json");

        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        var report = JsonNode.Parse(folder.Output);
        Assert.Equal($"./seatrial tune {system} --rounds 4 --records 400", (string?)report?["command"]);
        var tried = Assert.Single(report?["tried"]?.AsArray() ?? []);
        Assert.Equal(
            ("worker", "deploy.resources.limits.cpus", "cpu-limit"),
            ((string?)tried?["service"], (string?)tried?["setting"], (string?)tried?["cause"]));
        Assert.Equal("better", (string?)tried?["is"]);
        Assert.StartsWith("gave ", (string?)tried?["found"], StringComparison.Ordinal);
        Assert.InRange((double?)tried?["changes"]?[0]?["low"] ?? 0, 1.2, 10);

        // The run that proposed is none of them.
        string?[] runs = [(string?)report?["look"], .. Runs(report?["runs"]), .. Runs(tried?["runs"])];
        Assert.Equal(9, runs.Distinct().Count());

        // The planted file has its limit in the short place.
        Assert.Equal(
            ["services:", "  worker:", $"    cpus: {tried?["proposed"]}"],
            tried?["keepInCompose"]?.AsArray().Select(line => (string?)line));
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string?> Runs(JsonNode? runs) => runs?.AsArray().Select(run => (string?)run) ?? [];
}
