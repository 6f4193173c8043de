using Microsoft.Data.Sqlite;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-store-").FullName;

    private string File => Path.Combine(_folder, RunStore.Name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_comes_back_as_it_was_kept()
    {
        var run = Run("20261126-100000-aaaaaaaa") with
        {
            StoppedBecause = "it's \"over\"",
            Seed = ulong.MaxValue,
            Load = "0123456789abcdef",
            Images = new Dictionary<string, string> { ["rpa1"] = "sha256:1" },
        };
        var histogram = new LatencyHistogram();
        histogram.Add(1234);
        using (var store = RunStore.Open(_folder))
        {
            store.Add(run, [new StageSeconds("rpa1", 0.5, [histogram])]);
        }

        using var again = RunStore.Open(_folder);
        var back = again.List().Single();
        Assert.Equal(run with { Images = back.Images, Metrics = back.Metrics }, back);
        Assert.Equal(run.Images, back.Images);
        Assert.Equal(run.Metrics, back.Metrics);
        var stage = again.Measurements(back).Stages.Single();
        Assert.Equal(("rpa1", 0.5, 1), (stage.Stage, stage.Length, stage.Seconds.Single().Count));
    }

    [Fact]
    public void A_run_that_is_kept_again_takes_its_own_place()
    {
        using var store = RunStore.Open(_folder);
        store.Add(Run("a"), []);
        store.Add(Run("a") with { Metrics = [new RunMetric("errors", 0, 1)], Verdict = Verdict.Fail }, []);

        Assert.Equal(("errors", Verdict.Fail), (store.List().Single().Metrics.Single().Name, store.List()[0].Verdict));
    }

    [Fact]
    public void The_last_good_run_did_the_same_on_the_same_machine_before()
    {
        using var store = RunStore.Open(_folder);
        var run = Run("9", 9);
        RunEntry[] others =
        [
            Run("1", 1), Run("2", 2),
            Run("3", 3) with { Verdict = Verdict.Fail }, Run("4", 4) with { Verdict = Verdict.Unknown },
            Run("5", 5) with { Suite = "faults" }, Run("6", 6) with { Machine = "another" },
            Run("7", 7) with { Records = 5 }, Run("8", 8) with { Metrics = [] }, Run("71", 7) with { Load = "another" },
            Run("81", 8) with { System = "other" }, Run("91", 10),
        ];
        foreach (var one in others.Append(run))
        {
            store.Add(one, []);
        }

        Assert.Equal("2", store.LastGoodBefore(run)?.Id);
        Assert.Equal(["1", "2"], store.GoodBefore(run).Select(one => one.Id));
        Assert.Null(store.LastGoodBefore(others[0]));
    }

    [Fact]
    public void A_run_is_found_by_what_its_id_begins_with_and_a_slip_is_told_with_the_likely_one()
    {
        using var store = RunStore.Open(_folder);
        store.Add(Run("20261126-100000-aaaaaaaa", 1), []);
        store.Add(Run("20261126-110000-bbbbbbbb", 2), []);

        Assert.Equal("20261126-110000-bbbbbbbb", store.Find("20261126-11").Id);
        Assert.Equal("20261126-100000-aaaaaaaa", store.Find(".seatrial/runs/20261126-100000-aaaaaaaa/").Id);
        Assert.Equal("20261126-110000-bbbbbbbb", store.Find(RunStore.Last).Id);
        Assert.Contains("2 runs begin with 2026", Refused(() => store.Find("2026")), StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean 20261126-110000-bbbbbbbb?",
            Refused(() => store.Find("20261126-110000-bbbbbbbc")),
            StringComparison.Ordinal);
        Assert.Contains("no run ", Refused(() => store.Find("")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_programs_keep_their_runs_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(program => Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                using var store = RunStore.Open(_folder);
                store.Add(Run($"{program}-{i}"), []);
            }
        })));

        using var all = RunStore.Open(_folder);
        Assert.Equal(80, all.List().Count);
    }

    [Fact]
    public void What_is_no_store_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".seatrial"));
        System.IO.File.WriteAllText(File, string.Join('\n', Enumerable.Repeat("This is no database.", 100)));

        Assert.Contains("is damaged", Refused(() => RunStore.Open(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_a_newer_version_is_left_alone()
    {
        RunStore.Open(_folder).Dispose();
        Execute("pragma user_version = 3");

        Assert.Contains("is of version 3", Refused(() => RunStore.Open(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_an_older_version_is_brought_to_this_one_whoever_opens_it_first()
    {
        using (var made = RunStore.Open(_folder))
        {
            made.Add(Run("a") with { Load = "x" }, []);
        }

        Execute("alter table runs drop column load; pragma user_version = 1");

        Parallel.For(0, 4, _ => RunStore.Open(_folder).Dispose());
        using var store = RunStore.Open(_folder);
        store.Add(Run("b") with { Load = "y" }, []);

        Assert.Equal(["", "y"], store.List().Select(run => run.Load));
    }

    [Fact]
    public void A_row_that_makes_no_sense_is_told()
    {
        using var store = RunStore.Open(_folder);
        store.Add(Run("a"), []);
        Execute("update runs set verdict = 'perhaps'");

        Assert.Contains("is damaged", Refused(() => store.List()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_told()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, ".seatrial"), "");

        Assert.Contains("can't be opened", Refused(() => RunStore.Open(_folder)), StringComparison.Ordinal);
        Assert.Null(RunStore.OpenKept(_folder));
    }

    [Fact]
    public void A_lock_that_stays_is_told_and_readers_do_not_meet_it()
    {
        using var store = RunStore.Open(_folder);
        store.Add(Run("a"), []);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using var held = other.BeginTransaction();

        Assert.Contains("kept the run store locked", Refused(() => store.Add(Run("b"), [])), StringComparison.Ordinal);
        Assert.Single(store.List());
    }

    private static RunEntry Run(string id, int minute = 0) => new()
    {
        Id = id,
        System = "rpa",
        Suite = "distributed",
        Seed = 1,
        StartedAt = new DateTimeOffset(2026, 11, 26, 10, minute, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(30),
        Verdict = Verdict.Pass,
        Records = 1000,
        Version = "0.1.0",
        Machine = "Debian, 2 cpus",
        Images = new Dictionary<string, string>(),
        Folder = "/runs/" + id,
        Command = "./seatrial trial systems/rpa",
        Metrics = [new RunMetric("throughput", 1000, 1000), new RunMetric("latency.p50", 0.01, 1000)],
    };

    private static string Refused(Action act) => Assert.Throws<SeatrialException>(act).Message;

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
