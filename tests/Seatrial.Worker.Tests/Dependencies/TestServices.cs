using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Dependencies;

/// <summary>An orchestrator over databases and services of a test, with its log.</summary>
internal sealed class TestServices : IAsyncDisposable
{
    private readonly DatabaseConnections _databases;

    public TestServices(string connectionString, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__FIRST_DELAY"] = "10ms",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY"] = "50ms",
        };
        foreach (var (name, value) in variables)
        {
            all["CONTAINER_" + name] = value;
        }

        Config = new LiveConfig(new ContainerConfigManager(all).LoadContainerConfig());
        _databases = new DatabaseConnections(Config, "tests");
        Orchestrator = new ServiceOrchestrator(
            Config, _databases, new CircuitBreakers(TimeProvider.System, Log), TimeProvider.System, Log);
    }

    public LiveConfig Config { get; }

    public LogWatch Log { get; } = new();

    public ServiceOrchestrator Orchestrator { get; }

    public IEnumerable<string> Warnings => Log.Lines.Where(
        line => line.StartsWith($"{LogLevel.Warning}", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _databases.DisposeAsync();
}
