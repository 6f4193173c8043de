using System.Text.Json;
using Seatrial.Testing;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Dependencies;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

/// <summary>As a program of one's own uses it, without a worker.</summary>
public sealed class ErrorRecoveryManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatch _log = new();

    [Fact]
    public async Task A_service_that_fails_opens_its_breaker_and_one_that_is_back_closes_it()
    {
        var status = 503;
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var cache = TestServer.Http(() => status);
        await using var config = Manager(
            database.ConnectionString,
            ("SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT", $"http://127.0.0.1:{cache.Port}"));
        var recovery = config.SetupErrorRecovery();
        var breaker = recovery.CircuitBreakerFor("CACHE");
        Assert.Equal(CircuitBreaker.Closed, breaker?.State);
        Assert.Null(recovery.CircuitBreakerFor("OTHER"));

        var action = await HandleAsync();
        Assert.Equal(RecoveryAction.Retry, action.Decision);
        await HandleAsync();
        action = await HandleAsync();
        Assert.EndsWith("Its circuit breaker is open.", action.Reason, StringComparison.Ordinal);
        Assert.Equal(CircuitBreaker.Open, breaker?.State);

        status = 200;
        action = await HandleAsync();
        Assert.Equal((RecoveryAction.Resume, CircuitBreaker.Closed), (action.Decision, breaker?.State));

        Task<RecoveryAction> HandleAsync() => recovery.HandleServiceErrorAsync(
            "CACHE", new TimeoutException("late"), TestQueue.Cancellation);
    }

    [Fact]
    public async Task A_faulty_configuration_stops_and_names_every_fault()
    {
        await using var config = Manager("Host=db");
        var error = Assert.Throws<ConfigurationException>(() => new ContainerConfigManager(
            new Dictionary<string, string>()).LoadContainerConfig());

        var action = config.SetupErrorRecovery().HandleConfigurationError(error);

        Assert.Equal(("configuration", RecoveryAction.Stop), (action.Service, action.Decision));
        Assert.Contains("CONTAINER_FLOW_NAME", action.Reason, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error: CONTAINER_FLOW_NAME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_kind_of_runtime_error_has_its_answer()
    {
        _folder.Write("old.tmp", "");
        File.SetLastWriteTimeUtc(_folder.PathOf("old.tmp"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        await using var config = Manager("Host=db", ("STATE_FOLDER", _folder.PathOf("")));
        var recovery = config.SetupErrorRecovery();
        var decisions = new List<string>();
        foreach (var error in new Exception[]
        {
            new JsonException("not its shape"), new TimeoutException("late"), new IOException("No space left", 28),
            new InsufficientMemoryException(), new InvalidOperationException("a bug"),
        })
        {
            decisions.Add((await recovery.HandleRuntimeErrorAsync(error, TestQueue.Cancellation)).Decision);
        }

        Assert.Equal(
            [
                RecoveryAction.Isolate, RecoveryAction.Retry, RecoveryAction.FreeDisk, RecoveryAction.Stop,
                RecoveryAction.Stop,
            ],
            decisions);
        Assert.False(File.Exists(_folder.PathOf("old.tmp")));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    private ContainerConfigManager Manager(string connectionString, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
        };
        foreach (var (name, value) in variables)
        {
            all["CONTAINER_" + name] = value;
        }

        return new ContainerConfigManager(all, _log);
    }
}
