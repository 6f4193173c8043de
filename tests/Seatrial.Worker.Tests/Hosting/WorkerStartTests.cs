using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Hosting;

public sealed class WorkerStartTests
{
    [Fact]
    public async Task A_faulty_configuration_ends_with_78_before_anything_starts()
    {
        await using var worker =
            new TestWorker("Hots=db", _ => Assert.Fail("It was configured."), ("WORKER__LEASE", "soon"));

        Assert.Equal(78, await worker.ExitCode);
        Assert.Contains("Critical: The configuration has 3 errors; nothing was started.", worker.Log.Lines);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_the_variable_to_change()
    {
        await using var queue = await TestQueue.CreateAsync();
        void Configure(WorkerBuilder worker) => worker.Handle("q", TestJson.Default.Number, _ => Outcome.Done());
        await using var first = new TestWorker(queue.ConnectionString, Configure);
        await first.Log.SeenAsync("Working after");

        await using var second =
            new TestWorker(queue.ConnectionString, Configure, ("HEALTH_CHECK_CONFIG__PORT", $"{first.Port}"));

        Assert.Equal(78, await second.ExitCode);
        Assert.Contains(second.Log.Lines, line =>
            line.Contains($"Can't listen on port {first.Port}", StringComparison.Ordinal)
            && line.Contains("CONTAINER_HEALTH_CHECK_CONFIG__PORT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SQL_ASCII")]
    [InlineData("LATIN1")]
    public async Task A_database_that_can_not_hold_every_text_is_refused_before_the_first_claim(string encoding)
    {
        await using var queue = await TestQueue.CreateAsync();
        var settings = new NpgsqlConnectionStringBuilder(queue.ConnectionString);
        var name = settings.Database = $"{settings.Database}_{encoding}".ToLowerInvariant();
        await queue.ExecuteAsync($"create database {name} encoding '{encoding}' locale 'C' template template0");
        await using (var worker = new TestWorker(
            settings.ConnectionString, builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done())))
        {
            Assert.Equal(78, await worker.ExitCode);
            var line = Assert.Single(worker.Log.Lines, line => line.StartsWith("Error: ", StringComparison.Ordinal));
            Assert.StartsWith(
                "Error: CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING leads to ", line,
                StringComparison.Ordinal);
            Assert.Contains(
                $"/{name}, whose encoding is {encoding} instead of UTF8: it can't hold every text.  fix: create the "
                + "database with ENCODING 'UTF8' TEMPLATE template0",
                line, StringComparison.Ordinal);
        }

        await queue.ExecuteAsync($"drop database {name} with (force)");
    }

    [Fact]
    public async Task Health_tells_the_state_of_each_check()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = new TestWorker(
            queue.ConnectionString, builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()));
        await worker.Log.SeenAsync("Working after");

        Assert.Equal((200, "ok\n"), await worker.GetAsync("/readyz"));
        Assert.Equal((200, "ok\n"), await worker.GetAsync("/startupz"));
        Assert.Equal(404, (await worker.GetAsync("/")).Status);
        var (status, body) = await worker.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.StartsWith("""{"status":"healthy","flow":"flow","owner":""", body, StringComparison.Ordinal);
        Assert.Contains("\"check_duration\":", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_waits_for_its_database_and_drains_without_it()
    {
        await using var worker = new TestWorker(
            $"Host=127.0.0.1;Port={TestWorker.FreePort()};Username=nobody",
            builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()));

        await worker.Log.SeenAsync("QUEUE, a required database, is away (refused): Nothing listens at 127.0.0.1:");
        var (status, body) = await worker.GetAsync("/readyz");
        Assert.Equal(503, status);
        Assert.StartsWith("starting: QUEUE is waited for (refused): Nothing", body, StringComparison.Ordinal);
        Assert.Equal(503, (await worker.GetAsync("/startupz")).Status);
        Assert.Equal(0, await worker.StopAsync());
    }
}
