using System.Text.Json.Nodes;
using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>Workers that wait for nobody scale, and workers that wait for each other don't.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class ScalingTests
{
    // A worker claims 80 at once: of too few, one may get twice as many as another.
    [Theory]
    [InlineData("pool", 480, 0.5, 2)]
    [InlineData("lock", 240, 0, 0.5)]
    public async Task Three_workers_bring_what_the_work_allows(string queue, int records, double least, double most)
    {
        using var folder = new TrialFolder();
        var system = PlantedBottleneck.All.Single(one => one.Name == queue).WriteTo(folder);

        var exit = await folder.SeatrialAsync(
            "scaling", system, "--service", "worker", "--workers", "1,3", "--rounds", "1",
            "--records", $"{records}", "--json");

        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        var report = JsonNode.Parse(folder.Output);
        var figures = report?["scaling"]?.AsArray() ?? [];
        Assert.Equal([1, 3], figures.Select(figure => (int?)figure?["workers"]));
        Assert.Equal(1, (double?)figures[0]?["efficiency"]);
        Assert.InRange((double?)figures[1]?["efficiency"] ?? -1, least, most);
        var runs = report?["runs"]?.AsArray().Select(run => (string?)run).ToList() ?? [];
        Assert.Equal(2, runs.Count);
        Assert.DoesNotContain((string?)report?["warmUp"], runs);
    }
}
