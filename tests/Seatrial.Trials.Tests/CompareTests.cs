using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>Two images run in turn in real containers, and the slower one is called so.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed partial class CompareTests
{
    [Fact]
    public async Task An_image_that_does_one_thing_after_the_other_is_a_regression()
    {
        using var folder = new TrialFolder();
        var planted = PlantedBottleneck.All.Single(one => one.Name == "pool");
        var system = (planted with { Environment = "" }).WriteTo(folder);
        var dockerfile = Path.Combine(system, "worker", "Dockerfile");
        var before = await BuildAsync(folder, system);
        await File.AppendAllTextAsync(
            dockerfile, "ENV CONTAINER_WORKER__CONCURRENCY=1\n", TestContext.Current.CancellationToken);
        var after = await BuildAsync(folder, system);
        Assert.NotEqual(before, after);
        using var comparing = new TrialFolder();

        var exit = await comparing.SeatrialAsync(
            "compare", before, after, "--system", system, "--service", "worker", "--pairs", "4", "--records", "60",
            "--metric", "throughput", "--json");

        Assert.True(exit == (int)ExitCode.Fail, comparing.Output);
        var report = JsonNode.Parse(comparing.Output);
        Assert.Equal("fail", (string?)report?["verdict"]);
        var change = Assert.Single(report?["changes"]?.AsArray() ?? []);
        Assert.Equal(("throughput", "worse"), ((string?)change?["metric"], (string?)change?["is"]));
        Assert.InRange((double?)change?["ratio"] ?? 0, 0.3, 0.8);

        // It is clear after the least that was asked for; the run that warms up, the first image's, counts for none.
        string[] sides = ["warmUp", "before", "after"];
        Assert.Equal([before, before, after], sides.Select(side => (string?)report?[side]?["image"]));
        var runs = sides
            .Select(side => report?[side]?["runs"]?.AsArray().Select(run => (string?)run ?? "").ToList() ?? [])
            .ToList();
        Assert.Equal([1, 4, 4], runs.Select(side => side.Count));
        Assert.Equal(9, runs.SelectMany(side => side).Distinct().Count());
        foreach (var run in runs.SelectMany(side => side))
        {
            Assert.Empty(await EngineObjects.OfRunAsync(run));
        }
    }

    private static async Task<string> BuildAsync(TrialFolder folder, string system)
    {
        var before = folder.Output.Length;
        Assert.Equal(0, await folder.SeatrialAsync("build", system));
        return Tag().Match(folder.Output[before..]).Value;
    }

    [GeneratedRegex(@"seatrial-test/planted:\w+")]
    private static partial Regex Tag();
}
