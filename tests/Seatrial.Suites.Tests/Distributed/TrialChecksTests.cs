using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Tests.Distributed;

public sealed class TrialChecksTests
{
    private static readonly DateTimeOffset _at = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Faults_that_were_seen_and_healed_pass()
    {
        var check = Check("faults", Record(Proven("kill")));

        Assert.Equal((Verdict.Pass, 0), (check.Verdict, check.Count));
    }

    [Fact]
    public void A_fault_that_was_not_confirmed_is_unknown_and_named()
    {
        var unseen = Proven("kill") with { ConfirmedAt = null, Failure = "nothing was seen" };

        var check = Check("faults", Record(Proven("pause-past-lease"), unseen));

        Assert.Equal((Verdict.Unknown, 1), (check.Verdict, check.Count));
        Assert.Equal("nothing was seen", Assert.Single(check.Findings).Story);
    }

    [Fact]
    public void A_fault_that_was_not_seen_to_be_healed_is_unknown()
    {
        var check = Check("faults", Record(Proven("kill") with { ConfirmedHealedAt = null }));

        Assert.Equal(Verdict.Unknown, check.Verdict);
    }

    [Fact]
    public void A_container_that_died_on_its_own_fails_with_its_exit_code()
    {
        var check = Check("alive", Record() with { Casualties = [new Casualty("rpa1-1", "abc", 139, false, _at)] });

        Assert.Equal((Verdict.Fail, 1), (check.Verdict, check.Count));
        Assert.Contains("exit code 139", Assert.Single(check.Findings).Story, StringComparison.Ordinal);
    }

    private static CheckResult Check(string id, RunRecord record) =>
        TrialChecks.Of(record).Single(check => check.Id == id);

    private static FaultRecord Proven(string name) => new()
    {
        Name = name,
        TargetSpec = "one of rpa1",
        Target = "rpa1-1",
        Trigger = "33 % of rpa1's records done (33)",
        InjectedAt = _at,
        ConfirmedAt = _at,
        HealedAt = _at,
        ConfirmedHealedAt = _at,
    };

    private static RunRecord Record(params FaultRecord[] faults) => new()
    {
        RunId = "run",
        System = "rpa",
        Command = "./seatrial trial systems/rpa",
        Suite = ContainerTestSuite.Distributed,
        Seed = 1,
        Records = 100,
        StartedAt = _at,
        SuiteDuration = TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromSeconds(2),
        StoppedBecause = null,
        Interrupted = false,
        Faults = faults,
        Casualties = [],
        Containers = [],
        Steps = [],
        Images = [],
        Environment = new Dictionary<string, string>(),
    };
}
