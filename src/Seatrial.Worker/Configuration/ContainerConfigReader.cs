using Microsoft.Extensions.Logging;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Configuration;

/// <summary>The one place that says which setting becomes which member.</summary>
internal static class ContainerConfigReader
{
    public static ConfigurationReading Read(IReadOnlyDictionary<string, string> variables)
    {
        var sources = new SettingSources(variables);
        var reader = new VariableReader(sources);
        var config = new ContainerConfig
        {
            Environment = reader.Label(ContainerOptions.Environment),
            FlowName = reader.Label(ContainerOptions.FlowName),
            StartupTimeout = reader.Duration(ContainerOptions.StartupTimeout),
            DatabaseConnections = DependencyReader.Databases(reader, sources.Names),
            ServiceDependencies = DependencyReader.Services(reader, sources.Names),
            ResourceLimits = Limits(reader),
            HealthCheckConfig = new HealthCheckConfig
            {
                Port = reader.Whole(ContainerOptions.HealthPort, 0),
                Interval = reader.Duration(ContainerOptions.HealthInterval),
                Timeout = reader.Duration(ContainerOptions.HealthTimeout),
            },
            Http = new HttpConfig
            {
                Port = reader.Whole(ContainerOptions.HttpPort),
                MaxBody = reader.Bytes(ContainerOptions.HttpMaxBody) ?? ContainerOptions.HttpBodyBytes,
                MaxRecords = reader.Whole(ContainerOptions.HttpMaxRecords, 0),
            },
            MonitoringConfig = Monitoring(reader, sources),
        };
        config = config with { Worker = Worker(reader, config.ResourceLimits) };
        config = config with { Prefect = PrefectConfigReader.Read(reader, sources, config.Worker.StateFolder) };
        CheckPools(reader, config);
        sources.WarnOfUnknown();
        return new ConfigurationReading
        {
            Config = config,
            Problems = sources.Problems,
            Settings = reader.Read.ToDictionary(setting => setting.Option.Variable, StringComparer.Ordinal),
            Files = sources.Files,
        };
    }

    private static void CheckPools(VariableReader reader, ContainerConfig config)
    {
        var pools = config.DatabaseConnections.Values.Sum(database => database.ConnectionPoolSize);
        if (config.ResourceLimits.Connections is { } most && pools > most)
        {
            reader.Fault(
                ContainerOptions.Connections.Variable, $"is {most}, below the {pools} that the pools may open.",
                $"set {ContainerOptions.Connections.Variable}={pools}, or lower the pools.");
        }
    }

    private static WorkerConfig Worker(VariableReader reader, ResourceLimits limits) => new()
    {
        BatchSize = reader.Whole(ContainerOptions.BatchSize, 0),
        Concurrency = reader.Whole(ContainerOptions.Concurrency, DefaultLanes.Count(
            Environment.ProcessorCount, limits.Cpus,
            ContainerLimitsReader.Least(
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, limits.Memory) ?? long.MaxValue)),
        Lease = reader.Duration(ContainerOptions.Lease),
        PollInterval = reader.Duration(ContainerOptions.PollInterval),
        MaxAttempts = reader.Whole(ContainerOptions.MaxAttempts, 0),
        MaxPayload = reader.Bytes(ContainerOptions.MaxPayload) ?? ContainerOptions.PayloadBytes,
        DrainTimeout = reader.Duration(ContainerOptions.DrainTimeout),
        StateFolder = reader.Text(ContainerOptions.StateFolder) ?? "",
        JournalAfter = reader.Duration(ContainerOptions.JournalAfter),
        JournalBytes = reader.Bytes(ContainerOptions.JournalSize) ?? ContainerOptions.JournalBytes,
        Backpressure = new BackpressureConfig
        {
            MemoryPercent = reader.Whole(ContainerOptions.MemoryBound, 0),
            JournalPercent = reader.Whole(ContainerOptions.JournalBound, 0),
            PoolWait = reader.Duration(ContainerOptions.PoolWaitBound),
            DatabaseLatency = reader.Duration(ContainerOptions.LatencyBound),
            DiskFree = reader.Bytes(ContainerOptions.DiskFree) ?? ContainerOptions.DiskFreeBytes,
        },
        Retention = new RetentionConfig
        {
            Results = reader.Duration(ContainerOptions.KeepResults),
            Chunks = reader.Duration(ContainerOptions.KeepChunks),
        },
        RetryConfig = DependencyReader.Retry(reader, ContainerOptions.FirstDelay, ContainerOptions.MaxDelay),
    };

    private static ResourceLimits Limits(VariableReader reader) => new()
    {
        Memory = reader.Bytes(ContainerOptions.Memory),
        Cpus = reader.Number(ContainerOptions.Cpus),
        Disk = reader.Bytes(ContainerOptions.Disk),
        DiskPath = reader.Text(ContainerOptions.DiskPath) ?? "",
        Connections = reader.Whole(ContainerOptions.Connections),
        WarnPercent = reader.Whole(ContainerOptions.WarnPercent, 0),
    };

    // Collectors are named by OpenTelemetry's own variables everywhere else, so they hold here too.
    private static MonitoringConfig Monitoring(VariableReader reader, SettingSources sources) => new()
    {
        LogLevel = (LogLevel)Array.IndexOf(
            ContainerOptions.LogLevel.Values, reader.Choice(ContainerOptions.LogLevel)),
        Metrics = reader.Switch(ContainerOptions.Metrics),
        OtlpEndpoint = reader.Endpoint(
            ContainerOptions.OtlpEndpoint, sources.Foreign("OTEL_EXPORTER_OTLP_ENDPOINT")),
        OtlpProtocol = reader.Choice(
            ContainerOptions.OtlpProtocol, sources.Foreign("OTEL_EXPORTER_OTLP_PROTOCOL")),
        OtlpInterval = reader.Duration(ContainerOptions.OtlpInterval),
        AlertUrl = reader.Endpoint(ContainerOptions.AlertUrl),
        ReloadInterval = reader.Duration(ContainerOptions.ReloadInterval),
    };
}
