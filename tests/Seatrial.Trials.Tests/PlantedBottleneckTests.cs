using System.Text.Json;
using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>What holds a worker up is named first, in real containers.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class PlantedBottleneckTests
{
    [Fact]
    public async Task Each_is_the_first_cause()
    {
        // A leak shows itself beside whatever else goes on; the others would fill the machine together.
        var leak = TryAsync("leak");
        var wrong = new List<string>();
        foreach (var name in PlantedBottleneck.All.Select(planted => planted.Name).Where(name => name is not "leak"))
        {
            wrong.Add(await TryAsync(name));
        }

        wrong.Add(await leak);
        Assert.True(wrong.TrueForAll(string.IsNullOrEmpty), string.Join('\n', wrong));
    }

    /// <summary>What was found instead; empty when it was the right cause.</summary>
    private static async Task<string> TryAsync(string name)
    {
        using var folder = new TrialFolder();
        var planted = PlantedBottleneck.All.Single(one => one.Name == name);

        var exit = await folder.SeatrialAsync(
            "trial", planted.WriteTo(folder), "--records", $"{planted.Records}", "--out", folder.Run);

        var seen = exit == (int)ExitCode.Pass ? (await folder.ResultAsync()).Suites[0].Resources : null;
        return seen?.Bottlenecks is [var first, ..] && first.Name == planted.Name && first.Where == planted.Where ? ""
            : $"{name}: {JsonSerializer.Serialize(seen)}\n{folder.Output}";
    }
}
