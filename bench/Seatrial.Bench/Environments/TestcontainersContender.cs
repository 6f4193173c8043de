using System.Diagnostics;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;

namespace Seatrial.Bench.Environments;

/// <summary>Testcontainers for .NET: the RPA system's containers, side by side once the database is healthy.</summary>
internal sealed class TestcontainersContender(string name) : UpContender(name)
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(2);

    public override async Task<UpTimes> RunAsync()
    {
        // It does not agree with an engine on a version by itself.
        Environment.SetEnvironmentVariable("DOCKER_API_VERSION", "1.41");

        // Its reaper is an image that a machine without a registry does not have.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var began = Stopwatch.GetTimestamp();
        await using var network = new NetworkBuilder().Build();
        await network.CreateAsync();
        await using var database = Database(network);
        await database.StartAsync();
        var workers = new[] { "rpa1", "rpa1", "rpa2", "rpa3" }.Select(flow => Worker(network, flow)).ToList();
        await Task.WhenAll(workers.Select(worker => worker.StartAsync()));
        var up = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
        await database.DisposeAsync();
        await network.DisposeAsync();
        return new UpTimes(up, Stopwatch.GetElapsedTime(began));
    }

    private static IContainer Database(INetwork network) => new ContainerBuilder("seatrial/postgres:latest")
        .WithCommand("postgres", "-c", "wal_level=logical", "-c", "max_wal_size=2GB", "-c", "shared_buffers=256MB")
        .WithEnvironment("POSTGRES_DB", "rpa")
        .WithEnvironment("POSTGRES_USER", "rpa")
        .WithEnvironment("POSTGRES_PASSWORD", "rpa")
        .WithNetwork(network)
        .WithNetworkAliases("db")
        .WithCreateParameterModifier(parameters => parameters.Healthcheck = Health(
            "pg_isready", "--host=127.0.0.1", "--username=rpa", "--dbname=rpa"))
        .WithWaitStrategy(Wait.ForUnixContainer().UntilContainerIsHealthy())
        .Build();

    private static IContainer Worker(INetwork network, string flow) => new ContainerBuilder($"seatrial/{flow}:latest")
        .WithEnvironment("CONTAINER_ENVIRONMENT", "trial")
        .WithEnvironment("CONTAINER_FLOW_NAME", flow)
        .WithEnvironment(
            "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING",
            "Host=db;Database=rpa;Username=rpa;Password=rpa")
        .WithNetwork(network)
        .WithTmpfsMount("/tmp")
        .WithTmpfsMount("/var/lib/seatrial")
        .WithCreateParameterModifier(parameters => parameters.Healthcheck = Health("/app/worker", "health"))
        .WithWaitStrategy(Wait.ForUnixContainer().UntilContainerIsHealthy())
        .Build();

    private static HealthcheckConfig Health(params string[] command) => new()
    {
        Test = ["CMD", .. command],
        Interval = _between,
        Timeout = _between,
        Retries = 60,
    };
}
