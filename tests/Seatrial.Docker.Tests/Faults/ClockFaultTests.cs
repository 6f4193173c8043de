using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Images;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>Clocks of containers whose image runs its programs under libfaketime, and of one that does not.</summary>
[Trait("Needs", "Docker")]
public sealed class ClockFaultTests
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private const string Dockerfile =
        """
        FROM debian:bookworm-slim
        RUN apt-get update \
         && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends libfaketime \
         && apt-get clean && rm -rf /var/lib/apt/lists/*
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("clock-forward", 3600)]
    [InlineData("clock-back", -3600)]
    public async Task Programs_in_it_see_the_moved_clock_and_then_the_right_one(string kind, int seconds)
    {
        await using var environment = await StartAsync(faketime: true);
        var (scene, fault) = await PrepareAsync(environment, kind);

        await fault.InjectAsync(Token);
        await fault.ConfirmAsync(Token);

        Assert.InRange(await AwayAsync(scene) - seconds, -10, 10);
        await fault.HealAsync(Token);
        await fault.ConfirmHealedAsync(Token);
        Assert.InRange(await AwayAsync(scene), -10, 10);
    }

    [Fact]
    public async Task Without_the_library_it_can_not_be_had()
    {
        await using var environment = await StartAsync(faketime: false);
        var (_, fault) = await PrepareAsync(environment, "clock-forward");

        var refusal = await Assert.ThrowsAsync<FaultNotSeenException>(() => fault.InjectAsync(Token));

        Assert.Contains("does not run under libfaketime", refusal.Message, StringComparison.Ordinal);
        await fault.HealAsync(Token);
    }

    private static async Task<(FaultScene Scene, IFault Fault)> PrepareAsync(
        RunningEnvironment environment, string kind)
    {
        var scene = new FaultScene(environment, await TestEngine.DriverAsync(), TimeProvider.System);
        var spec = new FaultSpec
        {
            Kind = kind,
            Target = new FaultTarget(TargetChoice.OneOf, "clock"),
            Queue = "clock",
            At = new FaultTrigger.Part(0),
            By = 3600,
            Position = new SourcePosition("test", 1, 1),
        };
        return (scene, (await PreparedFault.PrepareAsync(scene, new PlannedFault(spec, [1], 0), Token)).Fault);
    }

    /// <summary>How far a program started in it is from this host, in seconds.</summary>
    private static async Task<long> AwayAsync(FaultScene scene)
    {
        using var output = new MemoryStream();
        await ((ICanExecute)scene.Driver.Containers).ExecuteAsync(
            scene.Environment.Containers[0].Id,
            new ExecRequest { Command = ["sh", "-c", "date +%s"] },
            new ExecStreams(null, output, Stream.Null),
            Token);
        return long.Parse(System.Text.Encoding.UTF8.GetString(output.ToArray()), CultureInfo.InvariantCulture)
            - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    }

    private static async Task<RunningEnvironment> StartAsync(bool faketime)
    {
        var driver = await TestEngine.DriverAsync();
        using var system = new ImageSystem().With("clock", "seatrial-test/clock", Dockerfile);
        var images = await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            system.Project, system.Spec, progress: null, Token);
        var service = system.Project.Services["clock"] with
        {
            Image = images.Services["clock"].Id,
            Build = null,
            Command = ["sh", "-c", "while :; do sleep 1; done"],
            Environment = faketime
                ? new Dictionary<string, string>
                {
                    ["LD_PRELOAD"] = Library,
                    ["FAKETIME_TIMESTAMP_FILE"] = "/tmp/clock",
                    ["FAKETIME_NO_CACHE"] = "1",
                    ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                }
                : new Dictionary<string, string>(),
        };
        var project = system.Project with
        {
            Name = "test-clock",
            Services = new Dictionary<string, ComposeService> { ["clock"] = service },
        };
        return await new EnvironmentRunner(driver, TimeProvider.System).StartAsync(
            EnvironmentPlans.Plan(project, new EnvironmentOptions { RunId = TestEngine.NewRunId() }),
            progress: null,
            Token);
    }
}
