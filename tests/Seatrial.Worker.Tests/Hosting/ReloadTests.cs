using System.Diagnostics;
using Seatrial.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Dependencies;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>Changes of what is mounted, at a running worker.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Beat = "MONITORING_CONFIG__RELOAD_INTERVAL";
    private const string PasswordFile = "DATABASE_CONNECTIONS__QUEUE__PASSWORD_FILE";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("link")]
    public async Task A_password_that_is_changed_is_used_for_the_next_connection(string way)
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var role = await TestRole.CreateAsync(database, "superuser");
        var secret = Mount("first");
        await using var worker = new TestWorker(
            role.ConnectionString, Configure, (PasswordFile, secret), (Beat, "20ms"));
        await worker.Log.SeenAsync("Working after");

        await role.AsSuperuserAsync($"alter role {role.Name} password 'second'");
        Replace(secret, "second", way);
        await worker.Log.SeenAsync("Took up a change of CONTAINER_DATABASE_CONNECTIONS__QUEUE__PASSWORD");
        await using (await Outage.BeginAsync(database.ConnectionString))
        {
            // Every connection that knew the old password is gone.
            await worker.Log.SeenAsync("Health of database went from healthy to unhealthy");
        }

        await worker.Log.SeenAsync("Health of database went from unhealthy to healthy");
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task A_wrong_password_that_is_corrected_lets_a_waiting_worker_start()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var role = await TestRole.CreateAsync(database, "superuser");
        var secret = Mount("wrong");
        await using var worker = new TestWorker(
            role.ConnectionString, Configure, (PasswordFile, secret), (Beat, "20ms"));
        await worker.Log.SeenAsync("QUEUE, a required database, is away (authentication)");

        Replace(secret, "first", "rename");

        await worker.Log.SeenAsync("Working after");
    }

    [Fact]
    public async Task A_level_is_taken_up_and_a_number_of_lanes_ends_the_worker_in_order()
    {
        await using var queue = await TestQueue.CreateAsync();
        var config = _folder.Write("config.json", """{"worker": {"concurrency": 2}}""");
        await using var worker = new TestWorker(
            queue.ConnectionString, Configure, ("CONFIG_FILE", config), (Beat, "20ms"));
        await worker.Log.SeenAsync("Working after");

        _folder.Write("config.json", """{"worker": {"concurrency": 2}, "monitoring_config": {"log_level": "debug"}}""");
        await worker.Log.SeenAsync("Took up a change of CONTAINER_MONITORING_CONFIG__LOG_LEVEL without a restart");
        Assert.Contains(
            "\"value\":\"debug\"", (await worker.GetAsync("/startup-report")).Body, StringComparison.Ordinal);

        _folder.Write("config.json", """{"worker": {"concurrency": 0}}""");
        await worker.Log.SeenAsync("The configuration changed and is faulty; the one before holds on.");
        Assert.Equal(200, (await worker.GetAsync("/livez")).Status);

        _folder.Write("config.json", """{"worker": {"concurrency": 3}}""");
        Assert.Equal(ContainerExitCodes.Restart, await worker.ExitCode);
        Assert.Contains(
            worker.Log.Lines, line => line.Contains("CONTAINER_WORKER__CONCURRENCY changed", StringComparison.Ordinal));
        Assert.Contains(worker.Log.Lines, line => line.Contains("Drained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_size_and_a_number_of_attempts_hold_from_the_next_batch_on()
    {
        const string Running = "(select count(*) from seatrial.records where state = 'running')";
        await using var queue = await TestQueue.CreateAsync();
        var config = _folder.Write("config.json", """{"worker": {"batch_size": 5, "concurrency": 1}}""");
        using var gate = new SemaphoreSlim(0);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (record, cancellationToken) =>
            {
                await gate.WaitAsync(cancellationToken);
                return record.Payload.Value == 1 ? throw new InvalidOperationException("one") : Outcome.Done();
            }),
            ("CONFIG_FILE", config), (Beat, "20ms"), ("WORKER__POLL_INTERVAL", "20ms"));
        await queue.EnqueueAsync("q", 10);
        await queue.UntilAsync($"{Running} = 10");

        _folder.Write(
            "config.json", """{"worker": {"batch_size": 8, "concurrency": 1, "max_attempts": 1}}""");
        await worker.Log.SeenAsync(
            "Took up a change of CONTAINER_WORKER__BATCH_SIZE, CONTAINER_WORKER__MAX_ATTEMPTS without a restart");
        gate.Release(10);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 9");
        await queue.UntilAsync("exists (select from seatrial.records where state = 'dead' and attempts = 1)");
        await queue.ExecuteAsync("""
            insert into seatrial.records (queue, key, payload) select 'q', 'm' || n, '{"n": 2}' from generate_series(1, 30) n
            """);
        await queue.UntilAsync($"{Running} = 16");

        gate.Release(30);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 39");
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task Giving_up_says_what_is_missing_and_why()
    {
        await using var worker = new TestWorker(
            "Host=nobody.invalid;Username=nobody", Configure, ("STARTUP_TIMEOUT", "1s"));

        Assert.Equal(ContainerExitCodes.Unavailable, await worker.ExitCode);
        Assert.Contains(worker.Log.Lines, line => line.StartsWith(
            "Critical: Giving up: required dependencies are still away. QUEUE (name) after ", StringComparison.Ordinal)
            && line.Contains("does not resolve.  fix: correct the host", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static void Configure(WorkerBuilder worker) =>
        worker.Handle("q", TestJson.Default.Number, _ => Outcome.Done());

    // As Kubernetes mounts a secret: the file is a link to a link that is swapped.
    private string Mount(string content)
    {
        _folder.Write("v1", content);
        File.CreateSymbolicLink(_folder.PathOf("current"), "v1");
        File.CreateSymbolicLink(_folder.PathOf("password"), "current");
        return _folder.PathOf("password");
    }

    private void Replace(string secret, string content, string way)
    {
        switch (way)
        {
            case "write":
                File.WriteAllText(secret, content);
                break;
            case "rename":
                File.Move(_folder.Write("new", content), secret, overwrite: true);
                break;
            case "link":
                _folder.Write("v2", content);
                File.CreateSymbolicLink(_folder.PathOf("next"), "v2");
                File.Move(_folder.PathOf("next"), _folder.PathOf("current"), overwrite: true);
                break;
            default:
                throw new UnreachableException(way);
        }
    }
}
