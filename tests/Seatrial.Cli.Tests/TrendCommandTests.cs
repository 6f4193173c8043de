using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Tests;

/// <summary><c>runs</c>, <c>trend</c> and <c>compare</c> on a store as trials leave it.</summary>
public sealed class TrendCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Without_a_store_each_command_says_what_to_do()
    {
        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("runs"));
        Assert.Equal((int)ExitCode.Unknown, await _run.RunAsync("trend"));
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("compare", "a", "b"));

        Assert.Contains("`seatrial trial SYSTEM` makes the first", _run.Out, StringComparison.Ordinal);
        Assert.Contains("No run is kept yet", _run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_run.Folder, ".seatrial")));
    }

    [Fact]
    public async Task Runs_are_listed_the_newest_last()
    {
        Keep(Run(1), Run(2) with { Verdict = Verdict.Fail }, Run(3) with { StoppedBecause = "interrupted" });

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("runs", "rpa"));

        var lines = _run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("✓ pass      1,000", lines[1], StringComparison.Ordinal);
        Assert.Contains("✗ fail", lines[2], StringComparison.Ordinal);
        Assert.Contains("stopped", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task A_slower_run_fails_against_the_last_good_one()
    {
        Keep([.. Enumerable.Range(0, 6).Select(i => Run(i, 1000 + i)), Run(10, 800)]);

        Assert.Equal((int)ExitCode.Fail, await _run.RunAsync("compare", "last", "--with", "last-good"));

        Assert.Contains("✗ REGRESSION  throughput from 1,005/s to 800/s (−20.4 %)", _run.Out, StringComparison.Ordinal);
        Assert.Contains("6 good runs before it", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_like_the_others_passes_for_machines_too()
    {
        Keep([.. Enumerable.Range(0, 6).Select(i => Run(i, 1000 + i)), Run(10, 1002)]);

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("compare", "r05", "r10", "--json"));

        var json = JsonNode.Parse(_run.Out);
        Assert.Equal("pass", (string?)json?["verdict"]);
        Assert.Equal("same", (string?)json?["changes"]?[0]?["is"]);
    }

    [Fact]
    public async Task Two_runs_whose_seconds_were_not_kept_are_not_known()
    {
        Keep(Run(1), Run(2, 500));

        Assert.Equal((int)ExitCode.Unknown, await _run.RunAsync("compare", "r01", "r02"));

        Assert.Contains("its seconds were not kept", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_metrics_is_not_known()
    {
        Keep(Run(1), Run(2) with { Metrics = [] });

        Assert.Equal((int)ExitCode.Unknown, await _run.RunAsync("compare", "r01", "r02"));

        Assert.Contains("can't be compared", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_good_run_nothing_is_known()
    {
        Keep(Run(1) with { Verdict = Verdict.Fail }, Run(2));

        Assert.Equal((int)ExitCode.Unknown, await _run.RunAsync("compare", "r02", "--with", "last-good"));

        Assert.Contains("no good run before r02", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_that_did_something_else_are_refused_or_told()
    {
        Keep(Run(1), Run(2) with { System = "shop" }, Run(3) with { Suite = "faults" },
            Run(4) with { Machine = "another", Records = 7, Load = "another" });

        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("compare", "r01", "r02"));
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("compare", "r01", "r03"));
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("compare", "r01", "r01"));
        await _run.RunAsync("compare", "r01", "r04");

        Assert.Contains("different systems can't be compared: rpa and shop", _run.Error, StringComparison.Ordinal);
        Assert.Contains("different suites", _run.Error, StringComparison.Ordinal);
        Assert.Contains("compared with itself", _run.Error, StringComparison.Ordinal);
        Assert.Contains("different machines", _run.Error, StringComparison.Ordinal);
        Assert.Contains("1,000 and 7 records", _run.Error, StringComparison.Ordinal);
        Assert.Contains("had different loads", _run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare", "r0", "r01", "runs begin with r0")]
    [InlineData("compare", "r01", "rr02", "Did you mean r02?")]
    [InlineData("trend", "rpaa", "", "Did you mean rpa?")]
    [InlineData("runs", "nowhere", "", "There are runs of: rpa.")]
    public async Task What_is_not_kept_is_told_with_the_likely_one(
        string command, string one, string other, string expected)
    {
        Keep(Run(1), Run(2));

        var arguments = other.Length == 0 ? new[] { command, one } : [command, one, other];
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync(arguments));

        Assert.Contains(expected, _run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is one run", "compare", "r01")]
    [InlineData("no metric 'troughput'", "trend", "--metric", "troughput")]
    [InlineData("no change in percent", "trend", "--least", "little")]
    [InlineData("in a service of a system", "compare", "a", "b", "--service", "rpa2")]
    [InlineData("can't be told from chance", "compare", "a", "b", "--system", "x", "--service", "y", "--pairs", "3")]
    [InlineData("run in turn", "compare", "a", "b", "--pairs", "9")]
    public async Task A_wrong_command_line_is_refused(string expected, params string[] arguments)
    {
        Keep(Run(1));

        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync(arguments));

        Assert.Contains(expected, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trend_tells_where_the_level_changed_and_with_which_run()
    {
        Keep([.. Enumerable.Range(0, 20).Select(i => Run(i, (i < 12 ? 1000 : 800) + (i % 3)))]);
        Keep(Run(30, 9999) with { Suite = RunEntry.Comparison }, Run(31, 9999) with { StoppedBecause = "interrupted" });

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("trend", "rpa", "--metric", "throughput"));

        Assert.Contains("████████████▁▁▁▁▁▁▁▁", _run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("9,999", _run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "✗ throughput went from 1,001/s to 801/s (−20.0 %) with run r12", _run.Out, StringComparison.Ordinal);
        Assert.All(_run.Out.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task Another_load_is_another_trend()
    {
        Keep([.. Enumerable.Range(0, 20).Select(i => Run(i, i < 12 ? 1000 : 800) with { Load = i < 12 ? "a" : "b" })]);

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("trend", "rpa", "--metric", "throughput"));

        Assert.Contains("1,000 records, load 1 of 2, on Debian", _run.Out, StringComparison.Ordinal);
        Assert.Contains("load 2 of 2", _run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("went from", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_none_is_told()
    {
        _run.With(RunStore.Name, new string('x', 4096));

        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("runs"));

        Assert.Contains("The run store is damaged.", _run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Seatrial", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_can_not_be_written_is_a_warning()
    {
        Keep(Run(1));
        using (var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_run.Folder, RunStore.Name)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma user_version = 99";
            command.ExecuteNonQuery();
        }

        var warning = Assert.Single(Trends.RunKeeping.Keep(
            Result("r9"), new RunKind("distributed", 1, ""), new RunFolder(_run.Folder), _run.Folder));

        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("Run r9 is not in the run store", warning.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_is_judged_does_not_take_the_place_of_the_run()
    {
        Keep(Run(1) with { Folder = "/original" }, Run(2) with { Folder = "/original" });
        var record = new RunRecord
        {
            RunId = "r01",
            System = "rpa",
            Command = "",
            Suite = "faults",
            Seed = 1,
            Records = 1,
            StartedAt = default,
            SuiteDuration = default,
            Duration = default,
            StoppedBecause = null,
            Interrupted = false,
            Faults = [],
            Casualties = [],
            Containers = [],
            Steps = [],
            Images = [],
            Environment = new Dictionary<string, string>(),
        };

        Assert.Empty(Trends.RunKeeping.KeepAgain(Result("r01"), record, new RunFolder("/copy"), _run.Folder));
        Assert.Empty(Trends.RunKeeping.KeepAgain(Result("r02"), record, new RunFolder("/original"), _run.Folder));
        Assert.Empty(Trends.RunKeeping.KeepAgain(Result("r03"), record, new RunFolder("/copy"), _run.Folder));

        using var store = RunStore.Open(_run.Folder);
        Assert.Equal("distributed", store.Find("r01").Suite);
        Assert.Equal("faults", store.Find("r02").Suite);
        Assert.Equal("/copy", store.Find("r03").Folder);

        // A part of a comparison stays one.
        Assert.Empty(Trends.RunKeeping.KeepAgain(
            Result("r04"), record with { KeptAs = RunEntry.Comparison, Load = "x" }, new RunFolder("/part"),
            _run.Folder));
        Assert.Equal((RunEntry.Comparison, "x"), (store.Find("r04").Suite, store.Find("r04").Load));
    }

    private static RunResult Result(string id) => new()
    {
        Verdict = Verdict.Pass,
        ExitCode = 0,
        RunId = id,
        System = "rpa",
        Command = "",
        Seed = 1,
        StartedAt = default,
        Duration = default,
        Suites = [],
    };

    private void Keep(params RunEntry[] runs)
    {
        using var store = RunStore.Open(_run.Folder);
        foreach (var run in runs)
        {
            store.Add(run, []);
        }
    }

    private static RunEntry Run(int number, double rate = 1000) => new()
    {
        Id = $"r{number:00}",
        System = "rpa",
        Suite = "distributed",
        Seed = 1,
        StartedAt = new DateTimeOffset(2026, 11, 26, 10, number, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(30),
        Verdict = Verdict.Pass,
        Records = 1000,
        Version = "0.1.0",
        Machine = "Debian, 2 cpus",
        Images = new Dictionary<string, string>(),
        Folder = "/runs",
        Command = "./seatrial trial systems/rpa",
        Metrics = [new RunMetric("throughput", rate, 1000)],
    };
}
