using Seatrial.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Dependencies;

public sealed class ServiceOrchestratorTests
{
    private const string Prefect = "SERVICE_DEPENDENCIES__PREFECT__";

    private static string Nowhere => $"Host=127.0.0.1;Port={TestWorker.FreePort()};Username=nobody";

    [Fact]
    public async Task Everything_is_waited_for_at_once_and_only_what_is_required_is_missed()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var cache = TestServer.Silent();
        await using var services = new TestServices(
            database.ConnectionString,
            ("DATABASE_CONNECTIONS__ARCHIVE__CONNECTION_STRING", Nowhere),
            ("DATABASE_CONNECTIONS__ARCHIVE__CONNECTION_TIMEOUT", "1s"),
            ("DATABASE_CONNECTIONS__ARCHIVE__REQUIRED", "false"),
            ("SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT", $"tcp://127.0.0.1:{cache.Port}"),
            ("SERVICE_DEPENDENCIES__MAIL__HEALTH_ENDPOINT", $"tcp://127.0.0.1:{TestWorker.FreePort()}"),
            ("SERVICE_DEPENDENCIES__MAIL__RETRY_ATTEMPTS", "2"),
            (Prefect + "HEALTH_ENDPOINT", "http://nobody.invalid:4200/api/health"),
            (Prefect + "TIMEOUT", "500ms"));

        var missing = await services.Orchestrator.WaitForAllAsync(TestQueue.Cancellation);

        Assert.Equal("MAIL", Assert.Single(missing).Name);
        Assert.Equal(2, missing[0].Attempts);
        Assert.Equal(
            ["ARCHIVE away refused", "QUEUE up ", "CACHE up ", "MAIL away refused", "PREFECT away name"],
            services.Orchestrator.Dependencies.Select(one => $"{one.Name} {one.State} {one.Cause}"));
        Assert.Matches(@"^[0-9]+\.[0-9]+", services.Orchestrator.Dependencies[1].Version ?? "");
        Assert.Equal(3, services.Warnings.Count());
    }

    [Fact]
    public async Task A_dependency_that_comes_up_late_is_noticed_and_its_way_is_told_once()
    {
        var status = 503;
        await using var prefect = TestServer.Http(() => status);
        await using var services = new TestServices(
            Nowhere,
            (Prefect + "HEALTH_ENDPOINT", $"http://127.0.0.1:{prefect.Port}/api/health"));

        var waiting = services.Orchestrator.WaitForPrefectServerAsync(
            TimeSpan.FromMinutes(1), TestQueue.Cancellation);
        await services.Log.SeenAsync("PREFECT, an optional service, is away (unhealthy)");
        status = 200;

        Assert.True(await waiting);
        Assert.Equal(2, services.Log.Lines.Count(line => line.Contains("PREFECT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Health_is_unhealthy_without_what_is_required_and_degraded_without_the_rest()
    {
        var (required, optional) = (200, 200);
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var cache = TestServer.Http(() => required);
        await using var prefect = TestServer.Http(() => optional);
        await using var services = new TestServices(
            database.ConnectionString,
            ("SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT", $"http://127.0.0.1:{cache.Port}"),
            (Prefect + "HEALTH_ENDPOINT", $"http://127.0.0.1:{prefect.Port}/api/health"));

        Assert.Equal(HealthStatus.Healthy, await StatusAsync());
        optional = 500;
        Assert.Equal(HealthStatus.Degraded, await StatusAsync());
        required = 404;
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync());
        (required, optional) = (302, 204);
        Assert.Equal(HealthStatus.Healthy, await StatusAsync());

        async Task<string> StatusAsync() =>
            (await services.Orchestrator.ValidateServiceHealthAsync(TestQueue.Cancellation)).Status;
    }

    [Fact]
    public async Task A_failure_is_answered_with_a_decision_and_its_reason()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var services = new TestServices(
            database.ConnectionString,
            ("DATABASE_CONNECTIONS__ARCHIVE__CONNECTION_STRING", Nowhere),
            ("DATABASE_CONNECTIONS__WRONG__CONNECTION_STRING", database.ConnectionString + ";Password=wr0ng"),
            (Prefect + "HEALTH_ENDPOINT", $"http://127.0.0.1:{TestWorker.FreePort()}"));
        var error = new TimeoutException("late");

        var decisions = new List<string>();
        foreach (var name in new[] { "QUEUE", "ARCHIVE", "WRONG", "prefect" })
        {
            var action = await services.Orchestrator.HandleServiceFailureAsync(name, error, TestQueue.Cancellation);
            decisions.Add($"{action.Service} {action.Decision}");
            Assert.NotEmpty(action.Reason);
            Assert.Equal(action.Decision == RecoveryAction.Resume, action.After == TimeSpan.Zero);
        }

        Assert.Equal(["QUEUE resume", "ARCHIVE retry", "WRONG ask_operator", "PREFECT go_on_without"], decisions);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            services.Orchestrator.HandleServiceFailureAsync("OTHER", error, TestQueue.Cancellation));
    }
}
