using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Integration;

namespace Seatrial.Suites.Tests.Integration;

/// <summary>Each check passes on what a right run leaves, and is thrown off by one wrong thing.</summary>
public sealed class IntegrationChecksTests
{
    private const string Trace = "0000000000000001000000000000000a";

    private static readonly IReadOnlyList<QueueSummary> _log =
        [new("rpa1", 3, 3, 0, 0, 2, 1, 2), new("rpa2", 2, 2, 0, 0, 2, 0, 2), new("rpa3", 2, 2, 0, 0, 2, 0, 2)];

    private static readonly IntegrationEvidence _right = new()
    {
        Sent = [Sent("a", "1"), Sent("b", "2"), Sent("bad", "3")],
        Repeated = [Sent("b", "2") with { IsNew = false }],
        Refusals = [new Refusal("what is no JSON", 400, 400, "The body is not JSON.")],
        Followed = [Done("a"), Done("b"), new FollowedRecord("bad", "rpa1", "dead", [], 0.1, "wrong year")],
        Published = new Published(5, 7, 2, true, null),
        Rows = [.. from key in (string[])["a", "b"]
                   from queue in (string[])["rpa1", "rpa2", "rpa3"]
                   select Row(key, queue), Row("bad", "rpa1")],
        Scraped = new Scraped(
            [new("workers", "10.0.0.2:8080", true), new("haproxy", "lb:8404", true)],
            new Dictionary<string, long> { ["rpa1 done"] = 2, ["rpa2 done"] = 2, ["rpa3 done"] = 2 }, 7, 1, null),
        Alert = new AlertSeen("Rejected", DateTimeOffset.UnixEpoch, 2, null),
        Prefect = new PrefectSeen(
            [.. _log.Select(queue => new PrefectFlow(queue.Queue, 1, ["COMPLETED"], queue.Done + queue.Dead))], null),
    };

    public static TheoryData<string, string, Verdict> WrongRuns => new(_wrong.Select(
        wrong => (wrong.Key, wrong.Value.Check, wrong.Value.Verdict)));

    private static readonly Dictionary<string, (string Check, Verdict Verdict, IntegrationEvidence Seen)> _wrong = new()
    {
        ["nothing sent"] = ("entrance", Verdict.Unknown, _right with { Sent = [] }),
        ["turned away"] = ("entrance", Verdict.Fail, _right with
        {
            Sent = [.. _right.Sent, Sent("c", "4") with { Status = 503, Id = null, Reason = "away" }],
        }),
        ["no answer"] = ("entrance", Verdict.Unknown, _right with
        {
            Sent = [.. _right.Sent, Sent("c", "4") with { Status = 0, Id = null, Reason = "refused" }],
        }),
        ["no answer to what was wrong"] = ("entrance", Verdict.Unknown, _right with
        {
            Refusals = [new Refusal("what is no JSON", 400, 0, "refused")],
        }),
        ["no answer, and taken in twice"] = ("entrance", Verdict.Fail, _right with
        {
            Sent = [.. _right.Sent, Sent("c", "4") with { Status = 0, Id = null, Reason = "refused" }],
            Repeated = [Sent("b", "9")],
        }),
        ["taken in twice"] = ("entrance", Verdict.Fail, _right with { Repeated = [Sent("b", "9")] }),
        ["rubbish taken in"] = ("entrance", Verdict.Fail, _right with
        {
            Refusals = [new Refusal("what is no JSON", 400, 202, "")],
        }),
        ["nobody followed"] = ("followed", Verdict.Unknown, _right with { Followed = [] }),
        ["stuck"] = ("followed", Verdict.Fail, _right with
        {
            Followed = [_right.Followed[0], Done("b") with { State = "ready", Done = ["rpa1"] }, _right.Followed[2]],
        }),
        ["nobody tells of one"] = ("followed", Verdict.Unknown, _right with
        {
            Followed = [_right.Followed[0], Done("b") with { State = "unanswered", Done = [] }, _right.Followed[2]],
        }),
        ["a result is missing"] = ("followed", Verdict.Fail, _right with
        {
            Followed = [_right.Followed[0], Done("b") with { Done = ["rpa1", "rpa3"] }, _right.Followed[2]],
        }),
        ["the log has more"] = ("followed", Verdict.Fail, _right with { Followed = [.. _right.Followed.Skip(1)] }),
        ["counted twice"] = ("published", Verdict.Fail, _right with { Published = new(5, 8, 2, true, null) }),
        ["sent again"] = ("published", Verdict.Fail, _right with { Published = new(5, 7, 2, false, null) }),
        ["nobody says whether it changed"] = ("published", Verdict.Unknown, _right with
        {
            Published = new(5, 7, 2, null, null),
        }),
        ["no results"] = ("published", Verdict.Unknown, _right with { Published = new(5, null, 0, false, "503") }),
        ["a trace is lost"] = ("traces", Verdict.Fail, _right with
        {
            Rows = [.. _right.Rows.Select(row => row is { Key: "b", Queue: "rpa3" } ? row with { Trace = null } : row)],
        }),
        ["no rows"] = ("traces", Verdict.Unknown, _right with { Rows = [] }),
        ["a target is down"] = ("metrics", Verdict.Fail, Scrape(
            seen => seen with { Targets = [seen.Targets[0], seen.Targets[1] with { IsUp = false }] })),
        ["a worker is not scraped"] = ("metrics", Verdict.Fail, Scrape(seen => seen with { Expected = 2 })),
        ["a counter is behind"] = ("metrics", Verdict.Fail, Scrape(seen => seen with { Ended = 6 })),
        ["a counter is ahead"] = ("metrics", Verdict.Fail, Scrape(seen => seen with
        {
            Handled = new Dictionary<string, long>(seen.Handled) { ["rpa2 done"] = 3 },
        })),
        ["Prometheus is dead"] = ("metrics", Verdict.Unknown, Scrape(
            seen => seen with { Targets = [], Ended = null, Reason = "0, refused" })),
        ["no alert"] = ("alerts", Verdict.Fail, _right with { Alert = new AlertSeen("Rejected", null, null, null) }),
        ["the receiver is dead"] = ("alerts", Verdict.Unknown, _right with
        {
            Alert = new AlertSeen("Rejected", null, null, "0, refused"),
        }),
        ["a flow without a run"] = ("prefect", Verdict.Fail, _right with
        {
            Prefect = new PrefectSeen([.. (_right.Prefect?.Flows ?? []).Skip(1)], null),
        }),
        ["Prefect is dead"] = ("prefect", Verdict.Unknown, _right with { Prefect = new PrefectSeen([], "0, refused") }),
    };

    [Fact]
    public void What_went_right_passes_every_check()
    {
        var checks = Of(_right);

        Assert.Equal(
            ["entrance", "followed", "published", "traces", "metrics", "alerts", "prefect"],
            checks.Select(check => check.Id));
        Assert.All(checks, check => Assert.True(check.Verdict == Verdict.Pass, check.Summary));
        Assert.All(checks, check => Assert.Equal(0, check.Count));
    }

    [Theory]
    [MemberData(nameof(WrongRuns))]
    public void What_went_wrong_is_caught_by_its_check(string name, string id, Verdict verdict)
    {
        var check = Of(_wrong[name].Seen).Single(check => check.Id == id);

        Assert.True(verdict == check.Verdict, check.Summary);
        Assert.True(check.Count > 0);
    }

    [Fact]
    public void Who_is_not_named_is_not_checked()
    {
        var checks = Of(_right with { Scraped = null, Alert = null, Prefect = null });

        Assert.Equal(["entrance", "followed", "published", "traces"], checks.Select(check => check.Id));
    }

    [Fact]
    public async Task Evidence_is_read_as_it_was_written()
    {
        var folder = new RunFolder(Directory.CreateTempSubdirectory("seatrial-evidence-").FullName);
        try
        {
            await _right.SaveAsync(folder, TestContext.Current.CancellationToken);
            var read = await IntegrationEvidence.LoadAsync(folder, TestContext.Current.CancellationToken);

            Assert.Equivalent(_right, read, strict: true);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static List<CheckResult> Of(IntegrationEvidence seen) => [.. IntegrationChecks.Of(seen, _log)];

    private static IntegrationEvidence Scrape(Func<Scraped, Scraped> change) =>
        _right with { Scraped = _right.Scraped is { } seen ? change(seen) : null };

    private static SentRecord Sent(string key, string id) => new(key, Trace, 202, id, true, null);

    private static FollowedRecord Done(string key) => new(key, "rpa3", "done", ["rpa1", "rpa2", "rpa3"], 0.5, null);

    private static TracedRow Row(string key, string queue) => new(key, queue, $"00-{Trace}-00f067aa0ba902b7-01");
}
