using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Prefect;

[Collection(SharedPrefect.Name)]
public sealed class PrefectPartTests(PrefectServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _owner = $"p{Guid.NewGuid():N}"[..16];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_with_a_queue_is_a_run_of_its_flow_and_its_drain_ends_it()
    {
        await server.StartAsync();
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 20);
        using var stop = new CancellationTokenSource();
        using var watch = new LogWatch();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(watch));
        var flow = $"flow-{_owner}";
        var running = WorkerHost.RunAsync(
            worker => worker.Handle("q", TestJson.Default.Number, record => record.Payload.Value == 7
                ? Outcome.Reject("seven") : Outcome.Done()),
            new Dictionary<string, string>
            {
                ["CONTAINER_FLOW_NAME"] = flow,
                ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = queue.ConnectionString,
                ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = $"{TestWorker.FreePort()}",
                ["PREFECT_API_URL"] = server.Api.AbsoluteUri,
                ["PREFECT_API_AUTH_STRING"] = PrefectServer.Authentication,
                ["CONTAINER_STATE_FOLDER"] = _folder.PathOf(""),
                [PrefectOptions.FlushTimeout.Variable] = "10s",
            },
            logs, stop.Token);
        await queue.UntilAsync(
            "(select count(*) from seatrial.results)"
            + " + (select count(*) from seatrial.records where state = 'dead') = 20");
        await watch.SeenAsync("answers at");
        using var client = server.Client();
        var id = await client.EnsureFlowAsync(new FlowBody(flow, []), Cancellation);
        await Eventually.HoldsAsync(watch, async () => (await client.FindFlowRunsAsync(
            new FlowRunFilter { State = new StateFilter(new AnyOf<string>([StateTypes.Running])) }, Cancellation))
            .Any(run => run.FlowId == id));
        await stop.CancelAsync();
        Assert.Equal(0, await running);

        var runs = await client.FindFlowRunsAsync(
            new FlowRunFilter { Tags = new AllOf<string>([Projection.Tag]) }, Cancellation);
        var run = Assert.Single(runs, run => run.FlowId == id);
        Assert.Equal((StateTypes.Completed, "20"), (run.StateType, $"{run.Labels["seatrial.records_ended"]}"));

        // Whoever reads the log finds the run in Prefect.
        var scopes = Assert.Single(watch.ScopesOf("Drained: 20 records ended"));
        Assert.Equal(run.Id, scopes["FlowRunId"]);
        Assert.EndsWith($"{scopes["Run"]}", run.IdempotencyKey, StringComparison.Ordinal);
        Assert.Empty(watch.ScopesOf("Starting flow").SelectMany(scope => scope.Keys.Where(key => key == "Run")));
    }

    [Fact]
    public async Task A_run_that_was_to_be_cancelled_after_its_end_is_cancelled_and_the_contradiction_kept()
    {
        await server.StartAsync();
        using var client = server.Client();
        await using var work = new ObservedWork(
            server.Api, _folder.PathOf(""), _owner, (PrefectOptions.IdleAfter.Variable, "15s"));
        work.Work(3);
        var run = await RunningAsync(client);
        await client.SetStateAsync(
            run, new StateBody(StateTypes.Cancelling, "Cancelling", null, new StateDetailsBody(Guid.NewGuid())),
            Cancellation);
        await work.RunEndsAsync();
        await work.SettledAsync();

        var there = await client.ReadFlowRunAsync(run, Cancellation);
        Assert.Equal(StateTypes.Cancelled, there.StateType);
        Assert.Contains("ended as COMPLETED: 3 records ended", there.State?.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (work.Part.State.Conflicts, work.Part.State.DeadLetters));
    }

    [Fact]
    public async Task A_run_that_somebody_failed_in_Prefect_stays_failed_there()
    {
        await server.StartAsync();
        using var client = server.Client();
        await using var work = new ObservedWork(
            server.Api, _folder.PathOf(""), _owner, (PrefectOptions.IdleAfter.Variable, "15s"));
        work.Work(3);
        var run = await RunningAsync(client);
        await client.SetStateAsync(
            run, new StateBody(StateTypes.Failed, "Failed", "by hand", new StateDetailsBody(Guid.NewGuid())),
            Cancellation);
        await work.RunEndsAsync();
        await work.SettledAsync();

        Assert.Equal("by hand", (await client.ReadFlowRunAsync(run, Cancellation)).State?.Message);
        Assert.Equal(1, work.Part.State.Conflicts);
    }

    [Fact]
    public async Task A_wrong_password_is_told_once_with_its_fix_and_the_work_goes_on()
    {
        await server.StartAsync();
        await using var work = new ObservedWork(
            server.Api, _folder.PathOf(""), _owner, ("PREFECT_API_AUTH_STRING", "tester:wrong"));
        await work.Log.SeenAsync("fix: set CONTAINER_PREFECT__API_AUTH_STRING=user:password");
        work.Work(3);
        await work.RunBeginsAsync(steps: 1);

        Assert.Single(work.Log.Lines, line => line.Contains("does not know this worker", StringComparison.Ordinal));
        Assert.True(work.Part.State.Depth >= 2);
        Assert.False(work.Part.IsConnected);
    }

    [Fact]
    public async Task What_the_server_refuses_is_a_dead_letter_and_holds_up_nobody()
    {
        await server.StartAsync();
        var now = PrefectTime.Whole(TimeProvider.System.GetUtcNow());
        var config = new PrefectConfig { ApiUrl = server.Api };
        using var outbox = new Outbox(
            _folder.PathOf("o.db"), new OutboxLimits(100, config.MaxAge), TimeProvider.System);
        var bad = new LocalRun
        {
            Id = Guid.CreateVersion7(now),
            Flow = "a/b",
            Environment = "trial",
            Owner = _owner,
            StartedAt = now,
            SeenAt = now,
            StepStartedAt = now,
        };
        var good = bad with { Id = Guid.CreateVersion7(now.AddSeconds(1)), Flow = "flow" };
        foreach (var run in new[] { bad, good })
        {
            var log = new LogEntry(1, "log", 30, "line", now);
            outbox.Save(run, [
                new OutboxEntry(run.Id, EntryKind.Start, "", now),
                new OutboxEntry(
                    run.Id, EntryKind.Log, JsonSerializer.Serialize(log, PrefectJson.Default.LogEntry), now, 30)]);
        }

        using var client = server.Client();
        using var stop = new CancellationTokenSource();
        var syncing = new PrefectSync(client, outbox, config, TimeProvider.System, NullLogger.Instance)
            .RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(outbox.State.Depth == 0));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => syncing);

        Assert.Equal(2, outbox.State.DeadLetters);
        Assert.NotNull(outbox.Find(good.Id)?.Remote);
    }

    [Fact]
    public async Task Without_a_folder_to_write_to_the_worker_goes_without_and_says_how_to_mend_it()
    {
        _folder.Write("file", "in the way");
        await using var work = new ObservedWork(server.Api, _folder.PathOf("file"), _owner);

        Assert.Throws<InvalidOperationException>(() => work.Part);
        Assert.Contains(work.Log.Lines, line => line.Contains("mount a volume there", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_are_read_under_our_names_and_under_Prefect_s_own()
    {
        var config = Read(("PREFECT_API_URL", "http://prefect:4200/api"), ("CONTAINER_STATE_FOLDER", "/state"),
            ("CONTAINER_PREFECT__IDLE_AFTER", "9s")).Config.Prefect;

        Assert.NotNull(config);
        Assert.Equal(
            (new Uri("http://prefect:4200/api"), "/state", TimeSpan.FromSeconds(9)),
            (config.ApiUrl, config.StateFolder, config.IdleAfter));
        Assert.Null(Read(("PREFECT_API_URL", "")).Config.Prefect);
        Assert.Contains(
            Read(("PREFECT_API_URL", "prefect:4200/api"), ("CONTAINER_PREFECT__MAX_ROWS", "1")).Problems,
            problem => problem.Variable == "PREFECT_API_URL");
    }

    public void Dispose() => _folder.Dispose();

    private static ConfigurationReading Read(params (string Name, string Value)[] variables) =>
        ContainerConfigReader.Read(variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    private async Task<Guid> RunningAsync(PrefectClient client)
    {
        FlowRunAnswer? run = null;
        await Eventually.HoldsAsync(async () =>
        {
            var runs = await client.FindFlowRunsAsync(
                new FlowRunFilter { State = new StateFilter(new AnyOf<string>([StateTypes.Running])) }, Cancellation);
            run = runs.FirstOrDefault(there => there.Name.StartsWith(_owner, StringComparison.Ordinal));
            return run is not null;
        });
        return run?.Id ?? throw new InvalidOperationException("it is not there");
    }
}
