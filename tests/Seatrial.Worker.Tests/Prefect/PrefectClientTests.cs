using System.Text.Json.Nodes;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>Each call against the real server.</summary>
[Collection(SharedPrefect.Name)]
public sealed class PrefectClientTests(PrefectServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_says_how_it_is()
    {
        await server.StartAsync();
        using var client = server.Client();

        await client.CheckHealthAsync(Cancellation);
        await client.CheckReadyAsync(Cancellation);
        Assert.Equal("3.8.8", await client.ReadVersionAsync(Cancellation));
    }

    [Fact]
    public async Task A_flow_and_a_run_are_made_once_and_found_again()
    {
        await server.StartAsync();
        using var client = server.Client();
        var flow = await client.EnsureFlowAsync(new FlowBody("flow", ["seatrial"]), Cancellation);
        Assert.Equal(flow, await client.EnsureFlowAsync(new FlowBody("flow", ["seatrial"]), Cancellation));

        var body = Body(flow);
        var run = await client.EnsureFlowRunAsync(body, Cancellation);
        var again = await client.EnsureFlowRunAsync(body with { Name = "another" }, Cancellation);

        Assert.Equal((run.Id, body.Name, StateTypes.Running), (again.Id, again.Name, again.StateType));
        Assert.Equal(run.Id, Assert.Single(await client.FindFlowRunsAsync(
            new FlowRunFilter { IdempotencyKey = new AnyOf<string>([body.IdempotencyKey]) }, Cancellation)).Id);
    }

    [Fact]
    public async Task A_transition_twice_is_one()
    {
        await server.StartAsync();
        using var client = server.Client();
        var run = await RunAsync(client);
        var state = new StateBody(StateTypes.Completed, "Completed", "done", new StateDetailsBody(Guid.NewGuid()));

        var first = await client.SetStateAsync(run, state, Cancellation);
        var second = await client.SetStateAsync(run, state, Cancellation);

        Assert.Equal(SetStateAnswer.Accepted, first.Status);
        Assert.Equal(SetStateAnswer.Rejected, second.Status);
        Assert.Contains("already made this state transition", second.Details?.Reason, StringComparison.Ordinal);
        Assert.Equal("done", (await client.ReadFlowRunAsync(run, Cancellation)).State?.Message);
    }

    [Fact]
    public async Task A_run_that_is_to_be_cancelled_takes_no_completion()
    {
        await server.StartAsync();
        using var client = server.Client();
        var run = await RunAsync(client);
        await client.SetStateAsync(run, State(StateTypes.Cancelling), Cancellation);

        var completed = await client.SetStateAsync(run, State(StateTypes.Completed), Cancellation);
        var cancelled = await client.SetStateAsync(run, State(StateTypes.Cancelled), Cancellation);
        Assert.Equal((SetStateAnswer.Rejected, SetStateAnswer.Accepted), (completed.Status, cancelled.Status));
    }

    [Fact]
    public async Task Labels_are_added_and_lines_are_kept_in_order()
    {
        await server.StartAsync();
        using var client = server.Client();
        var run = await RunAsync(client);
        var at = PrefectTime.Whole(TimeProvider.System.GetUtcNow());
        await client.AddLabelsAsync(run, new JsonObject { ["seatrial.two"] = 2 }, Cancellation);
        await client.SendLogsAsync(
            [.. Enumerable.Range(0, 250).Select(i => new LogBody(
                "log", 30, $"[#{i}] line", at.AddMilliseconds(i), run))],
            Cancellation);

        var labels = (await client.ReadFlowRunAsync(run, Cancellation)).Labels;
        Assert.Equal(("one", "2"), ($"{labels["seatrial.one"]}", $"{labels["seatrial.two"]}"));
        Assert.Equal(
            Enumerable.Range(0, 250).Select(i => $"[#{i}] line"),
            (await client.ReadLogsAsync(run, Cancellation)).Select(log => log.Message));
    }

    [Fact]
    public async Task A_variable_is_made_once_and_an_artifact_each_time()
    {
        await server.StartAsync();
        using var client = server.Client();
        var name = $"v_{Guid.NewGuid():N}";
        Assert.Null(await client.ReadVariableAsync(name, Cancellation));
        await client.CreateVariableAsync(new VariableBody(name, "one", []), Cancellation);
        var twice = await Assert.ThrowsAsync<PrefectException>(
            () => client.CreateVariableAsync(new VariableBody(name, "two", []), Cancellation));

        Assert.Equal(PrefectFault.Conflict, twice.Fault);
        Assert.Equal("one", await client.ReadVariableAsync(name, Cancellation));
        var artifact = new ArtifactBody("report", "markdown", "# Report", await RunAsync(client));
        Assert.NotEqual(
            await client.CreateArtifactAsync(artifact, Cancellation),
            await client.CreateArtifactAsync(artifact, Cancellation));
    }

    [Fact]
    public async Task What_went_wrong_says_what_to_do()
    {
        await server.StartAsync();
        using var client = server.Client();
        using var stranger = new PrefectClient(
            server.Api, "tester:wrong", TimeSpan.FromSeconds(5), 100, TimeProvider.System);
        using var lost = new PrefectClient(
            new Uri("http://127.0.0.1:1/api"), null, TimeSpan.FromSeconds(5), 100, TimeProvider.System);

        var faults = new List<PrefectFault>();
        foreach (var call in new Func<Task>[]
        {
            () => client.ReadFlowRunAsync(Guid.NewGuid(), Cancellation),
            () => client.EnsureFlowRunAsync(Body(Guid.NewGuid()), Cancellation),
            () => client.EnsureFlowAsync(new FlowBody("a/b", []), Cancellation),
            () => stranger.ReadVersionAsync(Cancellation),
            () => lost.CheckReadyAsync(Cancellation),
        })
        {
            faults.Add((await Assert.ThrowsAsync<PrefectException>(call)).Fault);
        }

        Assert.Equal(
            [
                PrefectFault.Conflict, PrefectFault.Conflict, PrefectFault.Refused, PrefectFault.Unauthorised,
                PrefectFault.Later,
            ],
            faults);
    }

    private static async Task<Guid> RunAsync(PrefectClient client)
    {
        var flow = await client.EnsureFlowAsync(new FlowBody("flow", []), Cancellation);
        return (await client.EnsureFlowRunAsync(Body(flow), Cancellation)).Id;
    }

    private static StateBody State(string type) =>
        new(type, StateTypes.NameOf(type), null, new StateDetailsBody(Guid.NewGuid()));

    private static FlowRunBody Body(Guid flow) => new()
    {
        FlowId = flow,
        Name = "client",
        IdempotencyKey = Guid.NewGuid().ToString(),
        Tags = ["client-test"],
        Labels = new JsonObject { ["seatrial.one"] = "one" },
        State = State(StateTypes.Running),
    };
}
