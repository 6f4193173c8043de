using System.Net;
using System.Net.Sockets;
using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>What users get wrong on a real engine: told in one screen, with the place and the mend, and without a stack
/// trace.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class BadInputTests
{
    [Fact]
    public async Task A_port_in_use_is_named_with_its_service()
    {
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await RefusedAsync(
            ExitCode.Unavailable,
            new SampleSystem(
                "port").Replace("    stop_signal: SIGINT", $"    stop_signal: SIGINT\n    ports: [\"{port}:5432\"]"),
            $"{port}", "db");
    }

    [Fact]
    public async Task An_image_that_does_not_build_shows_the_builders_last_words()
    {
        await RefusedAsync(
            ExitCode.Usage,
            new SampleSystem("unbuildable")
                .Replace("    image: seatrial/rpa3", "    image: seatrial-test/unbuildable\n    build: broken"),
            "broken/Dockerfile", "no luck today");
    }

    [Fact]
    public async Task A_container_that_dies_at_start_brings_its_exit_code_and_output()
    {
        await RefusedAsync(
            ExitCode.Unavailable,
            new SampleSystem("dying").Replace("      CONTAINER_FLOW_NAME: rpa2",
                "      CONTAINER_FLOW_NAME: rpa2\n      CONTAINER_WORKER__BATCH_SIZE: plenty"),
            "rpa2-1", "78", "CONTAINER_WORKER__BATCH_SIZE");
    }

    [Fact]
    public async Task A_database_without_logical_replication_is_told_what_to_change()
    {
        await RefusedAsync(
            ExitCode.Usage, new SampleSystem(
                "physical").Replace("wal_level=logical", "wal_level=replica"), "wal_level is replica");
    }

    private static async Task RefusedAsync(ExitCode expected, SampleSystem system, params string[] told)
    {
        using var folder = new TrialFolder();
        folder.Write("system/broken/Dockerfile", "FROM debian:bookworm-slim\nRUN echo no luck today && false\n");

        var exit = await folder.SeatrialAsync("trial", system.WriteTo(folder), "--out", folder.Run);

        Assert.True(exit == (int)expected, folder.Output);
        Assert.All(told, text => Assert.Contains(text, folder.Output, StringComparison.Ordinal));
        Assert.Contains("fix:", folder.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Seatrial.", folder.Output, StringComparison.Ordinal);
        Assert.True(folder.Output.Split('\n').Length <= 60, folder.Output);
        Assert.Empty(await EngineObjects.OfRunAsync((await folder.ResultAsync()).RunId));
    }
}
