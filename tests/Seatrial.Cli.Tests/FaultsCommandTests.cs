using System.Text.Json;
using Seatrial.Engine.Faults;
using Seatrial.Testing;

namespace Seatrial.Cli.Tests;

[Trait("Needs", "Docker")]
public sealed class FaultsCommandTests
{
    [Fact]
    public async Task Every_kind_is_listed_with_its_state_on_this_machine()
    {
        using var run = new CommandRun();

        Assert.Equal(0, await run.RunAsync("faults", "--format", "json"));

        using var json = JsonDocument.Parse(run.Out);
        var listed = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(FaultCatalogue.Names, listed.Select(line => line.GetProperty("name").GetString()));
        Assert.All(listed, line => Assert.Equal(
            line.GetProperty("available").GetBoolean(),
            line.GetProperty("unavailable").ValueKind is JsonValueKind.Null));
    }

    [Fact]
    public async Task What_a_system_lacks_is_said_with_its_reason()
    {
        using var run = new CommandRun();

        Assert.Equal(0, await run.RunAsync("faults", Repository.PathOf("systems/rpa"), "--format", "json"));

        using var json = JsonDocument.Parse(run.Out);
        Assert.Contains("driver_opts", Reason(json, "disk-full-data"), StringComparison.Ordinal);
        Assert.Contains("libfaketime", Reason(json, "clock-forward"), StringComparison.Ordinal);
        Assert.Contains("no service looks like a balancer", Reason(json, "balancer-down"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_line_counts_them()
    {
        using var run = new CommandRun();

        Assert.Equal(0, await run.RunAsync("faults"));

        Assert.Contains(
            $"of {FaultCatalogue.All.Count} kinds of fault can be had here.", run.Out, StringComparison.Ordinal);
        Assert.Contains("pause-past-lease", run.Out, StringComparison.Ordinal);
    }

    private static string Reason(JsonDocument json, string kind) => json.RootElement.EnumerateArray()
        .Single(line => line.GetProperty("name").GetString() == kind).GetProperty("unavailable").GetString() ?? "";
}
