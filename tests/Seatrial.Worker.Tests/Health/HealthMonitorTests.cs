using Seatrial.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Health;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Health;

/// <summary>As a program of one's own uses it, without a worker.</summary>
public sealed class HealthMonitorTests
{
    [Fact]
    public async Task A_monitor_over_a_real_database_tells_its_state_and_its_figures()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var manager = Manager(database.ConnectionString);

        Assert.True(manager.ValidateContainerEnvironment());
        Assert.True(await manager.WaitForDependenciesAsync(TimeSpan.FromSeconds(30), TestQueue.Cancellation));
        var monitor = manager.SetupHealthMonitoring();
        var health = await monitor.CheckDatabaseHealthAsync(TestQueue.Cancellation);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Matches(@"^answered in [0-9.]+ ms, connection after [0-9.]+ ms, pool of 8$", health.Details["QUEUE"]);
        Assert.Equal(HealthStatus.Healthy, monitor.CheckApplicationHealth().Status);
        Assert.True(monitor.CheckResourceUsage().MemoryLimitMb > 0);
        var figures = monitor.ExportHealthMetrics();
        Assert.Equal(1, figures["seatrial.health.status{application,healthy}"]);
        Assert.True(figures[MetricNames.MemoryLimit] > 0);
    }

    [Fact]
    public async Task Without_the_database_it_says_why()
    {
        await using var manager = Manager($"Host=127.0.0.1;Port={TestWorker.FreePort()};Username=nobody");

        Assert.False(await manager.WaitForDependenciesAsync(TimeSpan.FromMilliseconds(200), TestQueue.Cancellation));
        var health = await manager.SetupHealthMonitoring().CheckDatabaseHealthAsync(TestQueue.Cancellation);

        Assert.Equal((HealthStatus.Unhealthy, "Away: QUEUE (refused)."), (health.Status, health.Message));
        Assert.StartsWith("Nothing listens at 127.0.0.1:", health.Details["QUEUE"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_parts_add_their_checks_and_a_change_is_told_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        var log = new LogWatch();
        await using var manager = Manager(database.ConnectionString, log);
        var monitor = manager.SetupHealthMonitoring();
        var depth = 0;
        monitor.Add("outbox", () => Statuses.Create(
            depth > 5 ? HealthStatus.Degraded : HealthStatus.Healthy, $"{depth} wait.", [], TimeProvider.System, 0));
        using var over = new CancellationTokenSource();

        var running = monitor.RunAsync(over.Token);
        await log.SeenAsync("Health of database went from unhealthy to healthy");
        depth = 6;
        await log.SeenAsync("Health of outbox went from healthy to degraded: 6 wait.");
        Assert.Equal(HealthStatus.Degraded, monitor.Report().Status);
        depth = 0;
        await log.SeenAsync("Health of outbox went from degraded to healthy");
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(3, log.Lines.Count(line => line.Contains("Health of", StringComparison.Ordinal)));
    }

    private static ContainerConfigManager Manager(string connectionString, LogWatch? log = null) => new(
        new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
            ["CONTAINER_HEALTH_CHECK_CONFIG__INTERVAL"] = "100ms",
        },
        log);
}
