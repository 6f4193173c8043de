using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>Faults of every lane, some of them at once, on the sample system: exactly once all the same.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class FaultTrialTests
{
    [Fact]
    public async Task Faults_of_every_lane_are_proven_and_every_record_is_processed_exactly_once()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("faults").Suites(
            """
            suites:
              distributed:
                least_share: 0%
                faults:
                  - {pause: {holder_of: "gss:15000"}, at: 0%, queue: rpa1, for: 1s}
                  - {kill: {last_to_claim: rpa1}, at: 10%}
                  - {commit-ack-lost: rpa2, at: 15%}
                  - {partition: rpa3, at: 25%, for: 2s}
                  - {latency: {all_of: rpa1}, at: 35%, by: 20ms, for: 1s}
                  - {terminate-sessions: rpa2, at: 45%}
                  - {cpu-starved: rpa2, at: 50%, for: 1s}
                  - {lock-table: db, at: 55%, for: 1s}
                  - {dns-refused: rpa1, at: 60%, for: 1s}
                  - {silent-death: rpa3, at: 70%}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--out", folder.Run);

        var result = await folder.ResultAsync();
        Assert.All(result.Suites[0].Faults, fault => Assert.True(fault.Proven, $"{fault.Name}: {fault.Failure}"));
        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        Assert.Equal(Verdict.Pass, result.Verdict);
        var targets = result.Suites[0].Faults.ToDictionary(
            fault => fault.Name, fault => (fault.TargetSpec, fault.Target));
        Assert.Equal(("all of rpa1", "rpa1-1, rpa1-2"), targets["latency"]);
        Assert.Equal("the holder of record gss:15000", targets["pause"].TargetSpec);
        Assert.Matches("^rpa[123]-[12]$", targets["pause"].Target ?? "");
        Assert.Matches("^rpa1-[12]$", targets["kill"].Target ?? "");
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));
    }

    [Fact]
    public async Task What_the_system_can_not_have_makes_the_verdict_unknown_with_its_reason()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("unavailable").Suites(
            """
            suites:
              distributed:
                faults:
                  - {disk-full-data: db, at: 10%}
                  - {clock-back: rpa1, at: 10%}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--records", "500", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Unknown, folder.Output);
        var result = await folder.ResultAsync();
        Assert.All(result.Suites[0].Faults, fault =>
            Assert.StartsWith("unavailable: ", fault.Failure, StringComparison.Ordinal));
        Assert.Equal(Verdict.Pass, result.Suites[0].Checks.Single(check => check.Id == "lost").Verdict);
    }
}
