using System.Text.Json;
using Seatrial.Wire;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Dependencies;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Health;

/// <summary>What a whole worker answers over HTTP.</summary>
public sealed class HealthEndpointsTests
{
    private const string Prefect = "SERVICE_DEPENDENCIES__PREFECT__";

    private static readonly JsonSerializerOptions _snakeCase =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task The_startup_report_tells_settings_dependencies_versions_and_limits()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = Worker(queue, ("WORKER__BATCH_SIZE", "7"), ("WORKER__BATCHSIZE", "8"));
        await worker.Log.SeenAsync("Working after");

        var (status, body) = await worker.GetAsync("/startup-report");

        Assert.Equal(200, status);
        var report = Read<StartupReport>(body);
        Assert.Contains(
            new ConfigurationValue("CONTAINER_WORKER__BATCH_SIZE", "7", "variable"), report.Configuration);
        Assert.Contains(
            "did you mean CONTAINER_WORKER__BATCH_SIZE?", Assert.Single(report.Warnings), StringComparison.Ordinal);
        var database = Assert.Single(report.Dependencies);
        Assert.Equal(("QUEUE", "up", true), (database.Name, database.State, database.Required));
        Assert.NotNull(database.Version);
        Assert.Equal(["dotnet", "flow", "npgsql", "os", "worker"], report.Versions.Keys);
        Assert.True(report.Limits is { HeapLimitMb: > 0, Processors: > 0 });
        Assert.DoesNotContain("Password=test", body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(worker.Log.Lines, line =>
            line.Contains("\n  CONTAINER_WORKER__BATCH_SIZE = 7  (variable)", StringComparison.Ordinal)
            && line.Contains("\n  required database QUEUE at ", StringComparison.Ordinal)
            && line.Contains("password=***", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_optional_service_that_is_away_degrades_health_and_is_picked_up_later()
    {
        var prefectStatus = 503;
        await using var queue = await TestQueue.CreateAsync();
        await using var prefect = TestServer.Http(() => prefectStatus);
        await using var worker = Worker(
            queue,
            (Prefect + "HEALTH_ENDPOINT", $"http://127.0.0.1:{prefect.Port}/api/health"),
            (Prefect + "TIMEOUT", "100ms"),
            ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms"));
        await worker.Log.SeenAsync("Working after");
        // Unhealthy, or too slow to say so the first time.
        await worker.Log.SeenAsync("Health of services went from healthy to degraded: Away: PREFECT (");

        Assert.Equal((200, "ok\n"), await worker.GetAsync("/readyz"));
        var report = Read<HealthReport>((await worker.GetAsync("/health")).Body);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal(
            ["application", "database", "resources", "services", "breakers", "intake", "journal"],
            report.Checks.Keys);
        Assert.True(report.Resources.MemoryLimitMb > 0);

        prefectStatus = 200;
        await worker.Log.SeenAsync("PREFECT, a service at http://127.0.0.1");
        await worker.Log.SeenAsync("Health of services went from degraded to healthy");
        Assert.Equal(
            2, worker.Log.Lines.Count(line => line.Contains("Health of services", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_required_service_that_goes_away_takes_readiness_with_it()
    {
        var cacheStatus = 200;
        await using var queue = await TestQueue.CreateAsync();
        await using var cache = TestServer.Http(() => cacheStatus);
        await using var worker = Worker(
            queue,
            ("SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT", $"http://127.0.0.1:{cache.Port}/"),
            ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms"));
        await worker.Log.SeenAsync("Working after");

        cacheStatus = 500;
        await worker.Log.SeenAsync("Health of services went from healthy to unhealthy");

        Assert.Equal((503, "Away: CACHE (unhealthy).\n"), await worker.GetAsync("/readyz"));
        Assert.Equal(503, (await worker.GetAsync("/health")).Status);
        Assert.Equal((200, "ok\n"), await worker.GetAsync("/livez"));
    }

    [Fact]
    public async Task A_worker_that_answers_and_does_not_work_is_found_out()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 3);
        var finish = new TaskCompletionSource();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (_, cancellationToken) =>
            {
                await finish.Task.WaitAsync(cancellationToken);
                return Outcome.Done();
            }),
            ("WORKER__LEASE", "1s"),
            ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms"));

        await worker.Log.SeenAsync("Health of application went from healthy to degraded: 3 records are held");
        var report = Read<HealthReport>((await worker.GetAsync("/health")).Body);
        Assert.Equal("3", report.Checks["application"].Details["held"]);
        finish.SetResult();
        await worker.Log.SeenAsync("Health of application went from degraded to healthy");
    }

    [Fact]
    public async Task Metrics_are_in_the_form_that_Prometheus_reads()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 5);
        await using var worker = Worker(queue);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 5");

        var (status, body) = await worker.GetAsync("/metrics");

        Assert.Equal(200, status);
        string[] expected =
        [
            "# TYPE seatrial_job_claimed_total counter\nseatrial_job_claimed_total 5\n",
            "seatrial_job_run_duration_seconds_count{seatrial_queue=\"q\",seatrial_result=\"done\"} 5\n",
            "seatrial_job_run_duration_seconds_bucket{seatrial_queue=\"q\",seatrial_result=\"done\",le=\"+Inf\"} 5\n",
            "seatrial_worker_count{seatrial_worker_state=\"working\"} 1\n",
            "seatrial_health_status{seatrial_check=\"database\",seatrial_state=\"healthy\"} 1\n",
            "seatrial_dependency_up{seatrial_dependency=\"QUEUE\"} 1\n",
            "# TYPE container_memory_working_set_bytes gauge\n",
            "# TYPE container_cpu_time_seconds_total counter\n",
            "db_client_connection_max",
            "# TYPE dotnet_gc_collections_total counter\n",
        ];
        Assert.All(expected, text => Assert.Contains(text, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_can_be_switched_off()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = Worker(queue, ("MONITORING_CONFIG__METRICS", "false"));
        await worker.Log.SeenAsync("Working after");

        Assert.Equal(404, (await worker.GetAsync("/metrics")).Status);
    }

    private static TestWorker Worker(TestQueue queue, params (string, string)[] variables) => new(
        queue.ConnectionString,
        builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
        variables);

    private static T Read<T>(string body) =>
        JsonSerializer.Deserialize<T>(body, _snakeCase) ?? throw new JsonException(body);
}
