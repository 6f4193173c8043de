using System.Text.Json.Nodes;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Tuning;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Tuning;

namespace Seatrial.Cli.Tests;

/// <summary>What <c>tune</c> refuses before it starts anything, and what it says of its runs.</summary>
public sealed class TuneCommandTests : IDisposable
{
    private static readonly ResourceProposal _proposal = new(
        new ResourceChange("orders", ResourceSettings.Replicas, 1, 2), "Orders wait.", "")
    {
        Cause = "worker-cpu",
        Confidence = 0.6,
        ExpectedGain = "up to 2 times the records of its queue",
    };

    private readonly StringWriter _out = new();

    private readonly CommandRun _run = new CommandRun()
        .With("shop/compose.yaml", """
            services:
              db: {image: postgres, environment: {POSTGRES_PASSWORD: secret}}
              orders: {image: orders}
            """)
        .With("shop/seatrial.yaml", """
            records: {stages: [orders]}
            workload: {file: orders.csv, key: number}
            suites: {distributed: {replicas: {orders: 1}}}
            """)
        .With("shop/orders.csv", "number\n1\n");

    public void Dispose()
    {
        _run.Dispose();
        _out.Dispose();
    }

    [Theory]
    [InlineData("There is no folder or file", "shed")]
    [InlineData("Required argument 'system' missing")]
    [InlineData("0 rounds tell nothing", "shop", "--rounds", "0")]
    [InlineData("'few' is no whole number", "shop", "--rounds", "few")]
    [InlineData("'many' is no whole number", "shop", "--records", "many")]
    [InlineData("Must be one of", "shop", "--suite", "performance")]
    public async Task It_says_what_is_wrong(string expected, params string[] arguments)
    {
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync(["tune", .. arguments]));

        Assert.Contains(expected, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_propose_is_a_pass_only_where_nothing_holds_the_system_up()
    {
        Assert.Equal(ExitCode.Pass, Write(Report(Choice())));
        Assert.Contains("nothing held the system up", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("./seatrial tune shop --rounds 4", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Unknown, Write(Report(Choice(untried: [new(_proposal, "it has a container_name")]))));
        Assert.Contains("can be had in this system", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Unknown, Write(Report(Choice() with { Unseen = "The run was over in 2 s." })));
        Assert.Contains("was not seen. The run was over in 2 s.", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Unknown, Write(Report(choice: null)));
        Assert.Contains("the first run did not show", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Fail, Write(Report(choice: null) with { Ended = ExitCode.Fail }));
    }

    [Fact]
    public void What_is_and_is_not_tried_is_told_with_the_reasons()
    {
        TuneText.WriteChoice(Choice(untried: [new(_proposal, "it has a container_name")]), Host());

        Assert.Equal("not tried  orders: deploy.replicas 1 → 2: it has a container_name\n", _out.ToString());
    }

    [Fact]
    public void What_a_change_gave_is_told_with_what_keeps_it()
    {
        Assert.Equal(ExitCode.Pass, Write(Tried(100, 190)));

        var text = _out.ToString();
        Assert.Contains(
            "1  orders: deploy.replicas 1 → 2, against worker-cpu (60 % sure)", text, StringComparison.Ordinal);
        Assert.Contains("expected  up to 2 times the records of its queue", text, StringComparison.Ordinal);
        Assert.Contains("✓ gave 1.9 times the throughput (1.9 … 1.9)", text, StringComparison.Ordinal);
        Assert.Contains(
            "  services:\n    orders:\n      deploy:\n        replicas: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("and in seatrial.yaml", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_made_it_worse_is_not_to_be_kept()
    {
        Assert.Equal(ExitCode.Pass, Write(Tried(100, 50)));

        Assert.Contains("✗ made it worse: 0.5 times the throughput", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("To keep it", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_are_told_the_same()
    {
        TuneJson.Write(Tried(100, 190), Host());

        var form = JsonNode.Parse(_out.ToString());
        Assert.Equal("./seatrial tune shop --rounds 4", (string?)form?["command"]);
        Assert.Equal(("20261126-1855", 4), ((string?)form?["look"], form?["runs"]?.AsArray().Count));
        var tried = form?["tried"]?[0];
        Assert.Equal(
            ("orders", "deploy.replicas", 1, 2, "better"),
            ((string?)tried?["service"], (string?)tried?["setting"], (double?)tried?["now"],
                (double?)tried?["proposed"], (string?)tried?["is"]));
        Assert.Equal(1.9, (double?)tried?["changes"]?[0]?["ratio"]);
        Assert.Equal("      replicas: 2", (string?)tried?["keepInCompose"]?[3]);
    }

    [Fact]
    public void A_run_that_does_not_pass_is_told_with_what_there_is()
    {
        var report = Tried(100, 190) with { Ended = ExitCode.Fail };
        var bad = Run(1) with { RunId = "20261126-1900", Verdict = Verdict.Fail, StoppedBecause = "a worker died" };
        report = report with { AsIs = [.. report.AsIs, bad] };

        Assert.Equal(ExitCode.Fail, Write(report));
        Assert.Contains("run 20261126-1900 did not pass, and ends it", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("✓ gave 1.9 times the throughput", _out.ToString(), StringComparison.Ordinal);

        _out.GetStringBuilder().Clear();
        TuneJson.Write(report, Host());
        var form = JsonNode.Parse(_out.ToString());
        Assert.Equal((1, "20261126-1900"), ((int?)form?["exitCode"], (string?)form?["didNotPass"]?[0]?["run"]));
    }

    private ExitCode Write(TuneReport report)
    {
        TuneText.Write(report, Host());
        return report.Exit;
    }

    private TuneReport Tried(double before, double after)
    {
        var files = SystemFiles.Read("shop", Host());
        var system = Assert.IsType<AppliedChange.Changed>(
            ResourceChanges.Apply(files.Project, files.Spec, _proposal.Change));
        var tried = new TriedProposal(_proposal, system);
        return Report(Choice(tried: [tried])) with
        {
            AsIs = [.. Enumerable.Repeat(Run(before), 4)],
            Tries = [new TuneTry(tried, [.. Enumerable.Repeat(Run(after), 4)])],
        };
    }

    private TuneReport Report(TuningChoice? choice) => new()
    {
        Request = new TuneRequest("shop", 4),
        Files = SystemFiles.Read("shop", Host()),
        Look = Run(1) with { RunId = "20261126-1855" },
        AsIs = [],
        Choice = choice,
        Ended = ExitCode.Pass,
    };

    private static TuningChoice Choice(
        IReadOnlyList<TriedProposal>? tried = null, IReadOnlyList<UntriedProposal>? untried = null) =>
        new() { Tried = tried ?? [], Untried = untried ?? [], Unmended = [], Unseen = null };

    private static RunResult Run(double rate) => new()
    {
        Verdict = Verdict.Pass,
        ExitCode = 0,
        RunId = "20261126-1856",
        System = "shop",
        Command = "",
        Seed = 1,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(1),
        Suites = [],
        Measurements = new RunMeasurements { Metrics = [new RunMetric("throughput", rate, 1000)], Stages = [] },
    };

    private ProgramHost Host() => new()
    {
        Out = _out,
        Error = TextWriter.Null,
        Interactive = false,
        Environment = new Dictionary<string, string>(),
        Directory = _run.Folder,
        Clock = TimeProvider.System,
    };
}
