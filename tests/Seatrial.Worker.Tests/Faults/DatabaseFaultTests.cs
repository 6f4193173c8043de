using Npgsql;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>
/// What can happen to a database, while a worker holds finished work in both stores: every record counts once.
/// </summary>
public sealed class DatabaseFaultTests(FaultServer fixture) : IClassFixture<FaultServer>, IDisposable
{
    private const string Kept = "finished records of q in the journal";
    private const string Reaped = "whose lease had ended";

    private static readonly (string, string) _shortLease = ("WORKER__LEASE", "1s");

    /// <summary>Longer than a busy machine takes to empty a journal: reapers wait the longest delay and a
    /// bit.</summary>
    private static readonly (string, string) _longGrace =
        ("DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY", "30s");

    private readonly TemporaryFolder _folder = new();

    private (string, string)[] Quick =>
    [
        ("WORKER__BATCH_SIZE", "10"),
        ("WORKER__CONCURRENCY", "2"),
        ("WORKER__POLL_INTERVAL", "20ms"),
        ("WORKER__JOURNAL_AFTER", "200ms"),

        // What a claim took whose answer was lost waits for it; what is finished must not.
        ("WORKER__LEASE", "20s"),
        ("STATE_FOLDER", _folder.PathOf("")),
        ("DATABASE_CONNECTIONS__QUEUE__CONNECTION_TIMEOUT", "1s"),
        ("DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY", "100ms"),
    ];

    [Fact]
    public async Task Killed()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await RunAsync(queue, queue.ConnectionString, fixture.Server.KillAsync, fixture.Server.StartAgainAsync);
    }

    [Fact]
    public async Task Killed_for_longer_than_a_lease_and_finished_work_goes_before_the_reapers_of_others()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        var work = await Workload.CreateAsync(queue);
        await using var worker = new TestWorker(queue.ConnectionString, work.Configure, [.. Quick, _shortLease]);
        await work.Midway;
        await using var other = new TestWorker(
            queue.ConnectionString, builder => builder.Handle("other", TestJson.Default.Number, _ => Outcome.Done()),
            [.. Quick, _shortLease, _longGrace]);
        await other.Log.SeenAsync("Working after");

        await fixture.Server.KillAsync();
        work.GoOn();
        await worker.Log.SeenAsync(Kept);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestQueue.Cancellation);
        await fixture.Server.StartAgainAsync();

        await work.AssertOnceAsync();
        Assert.Equal(4 * Workload.Each, work.Calls);
        Assert.DoesNotContain(other.Log.Lines, line => line.Contains(Reaped, StringComparison.Ordinal));
        Assert.Equal((0, 0), (await worker.StopAsync(), await other.StopAsync()));
    }

    [Fact]
    public async Task A_server_that_was_just_started_has_no_lease_ended()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await queue.EnqueueAsync("q", 1);
        await queue.As("dead").ClaimAsync("q", 1, TimeSpan.FromMilliseconds(1));

        Assert.Empty(await queue.As("reaper").ExpireAsync(grace: TimeSpan.FromHours(1)));
        Assert.Equal(1, (await queue.As("reaper").ExpireAsync())["q"]);
    }

    [Fact]
    public async Task Restarted()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await RunAsync(queue, queue.ConnectionString, fixture.Server.StopAsync, fixture.Server.StartAgainAsync);
    }

    [Fact]
    public async Task Paused()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await RunAsync(queue, queue.ConnectionString, fixture.Server.PauseAsync, fixture.Server.UnpauseAsync);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unreachable(bool isSilent)
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await using var wire = new Wire(queue.ConnectionString);
        await RunAsync(
            queue, wire.ConnectionString, Done(isSilent ? wire.Silence : wire.Cut), Done(wire.Restore));
    }

    [Fact]
    public async Task Slow()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await using var wire = new Wire(queue.ConnectionString);
        var work = await Workload.CreateAsync(queue);
        await using var worker = new TestWorker(wire.ConnectionString, work.Configure, Quick);
        await work.Midway;

        wire.Latency = TimeSpan.FromMilliseconds(40);
        work.GoOn();

        await work.AssertOnceAsync();
        wire.Restore();
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task Out_of_connections()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        var database = new NpgsqlConnectionStringBuilder(queue.ConnectionString).Database ?? "";
        IAsyncDisposable? hoard = null;
        await RunAsync(
            queue, queue.ConnectionString,
            async () => hoard = await fixture.HoardAsync(database),
            async () => await (hoard?.DisposeAsync() ?? ValueTask.CompletedTask));
    }

    [Fact]
    public async Task Password_changed()
    {
        await using var queue = await TestQueue.CreateAsync(fixture.Server);
        await queue.ExecuteAsync("create role changing superuser login password 'first'");
        var settings = new NpgsqlConnectionStringBuilder(queue.ConnectionString)
        {
            Username = "changing",
            Password = "first",
        };
        var secret = _folder.Write("password", "first");
        await RunAsync(
            queue, settings.ConnectionString,
            () => queue.ExecuteAsync("""
                alter role changing password 'second';
                select pg_terminate_backend(pid) from pg_stat_activity where usename = 'changing'
                """),
            Done(() => File.Move(_folder.Write("new", "second"), secret, overwrite: true)),
            ("DATABASE_CONNECTIONS__QUEUE__PASSWORD_FILE", secret), ("MONITORING_CONFIG__RELOAD_INTERVAL", "20ms"));
        await queue.ExecuteAsync("drop role changing");
    }

    public void Dispose() => _folder.Dispose();

    private static Func<Task> Done(Action act) => () =>
    {
        act();
        return Task.CompletedTask;
    };

    /// <summary>It strikes while both lanes have records in their hands, and holds until they are finished.</summary>
    private async Task RunAsync(
        TestQueue queue, string connectionString, Func<Task> strike, Func<Task> heal, params (string, string)[] more)
    {
        var work = await Workload.CreateAsync(queue);
        await using var worker = new TestWorker(connectionString, work.Configure, [.. Quick, .. more]);
        await work.Midway;

        await strike();
        work.GoOn();
        await worker.Log.SeenAsync(Kept);
        await heal();

        await work.AssertOnceAsync();
        Assert.Equal(4 * Workload.Each, work.Calls);
        Assert.Equal(0, await worker.StopAsync());
    }
}
