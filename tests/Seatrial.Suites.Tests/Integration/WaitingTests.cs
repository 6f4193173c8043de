using Seatrial.Suites.Integration;

namespace Seatrial.Suites.Tests.Integration;

/// <summary>What is waited for is what is checked: no sooner, no other.</summary>
public sealed class WaitingTests : IDisposable
{
    private static readonly DateTimeOffset _cause = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    private readonly ScriptedServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_alert_that_was_there_before_its_cause_is_another()
    {
        _server.Answer(200, Alerts("08:59:59"));
        _server.Answer(200, Alerts("08:59:59", "09:00:02"));

        var seen = await new AlertWatch(_server.Client, TimeProvider.System)
            .WaitAsync("Rejected", _cause, _long, Token);

        Assert.Equal(_cause.AddSeconds(2), seen.StartedAt);
        Assert.Equal(2, _server.Bodies.Count);
    }

    [Fact]
    public async Task An_alert_that_never_comes_and_one_whom_nobody_tells_are_told_apart()
    {
        var watch = new AlertWatch(_server.Client, TimeProvider.System);
        _server.Answer(200, Alerts("08:59:59"));
        var old = await watch.WaitAsync("Rejected", _cause, TimeSpan.Zero, Token);
        _server.LoseAnswer();
        var silent = await watch.WaitAsync("Rejected", _cause, TimeSpan.Zero, Token);

        Assert.Equal((null, null), (old.StartedAt, old.Reason));
        Assert.Null(silent.StartedAt);
        Assert.StartsWith("0, ", silent.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_has_told_of_its_records_and_not_of_its_end_is_waited_for()
    {
        _server.Answer(200, Run("RUNNING", 5));
        _server.Answer(200, Run("RUNNING", 7));
        _server.Answer(200, Run("COMPLETED", 7));

        var seen = await new PrefectQueries(_server.Client, TimeProvider.System).WaitAsync(
            new Dictionary<string, long> { ["rpa1"] = 7 }, _long, Token);

        var flow = Assert.Single(seen.Flows);
        Assert.Equal((1, 7L), (flow.Runs, flow.Ended));
        Assert.Equal(["COMPLETED"], flow.States);
    }

    private static string Alerts(params string[] starts) =>
        $$"""[{"alerts": [{{string.Join(", ", starts.Select(Alert))}}]}]""";

    private static string Alert(string start) =>
        $$"""{"status": "firing", "labels": {"alertname": "Rejected"}, "startsAt": "2026-11-28T{{start}}Z"}""";

    private static string Run(string state, int ended) =>
        $$"""[{"state_type": "{{state}}", "labels": {"seatrial.records_ended": {{ended}} } }]""";
}
