using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>From the engine's answers to ours.</summary>
internal static class ContainerStates
{
    public static ContainerState From(ContainerInspectResponse container) =>
        From(container, container.State ?? new State(), container.Config ?? new ContainerConfig());

    public static ContainerSummary From(ContainerListResponse container) => new(
        container.ID,
        container.Names?.FirstOrDefault()?.TrimStart('/') ?? container.ID,
        container.State is "running" or "paused" or "restarting",
        EngineValues.Instant(container.Created),
        EngineValues.Labels(container.Labels));

    /// <summary>Null for a container that does not run: its figures are none.</summary>
    public static ContainerUsage? From(ContainerStatsResponse stats) => stats.PidsStats?.Current is null or 0
        ? null
        : new ContainerUsage(
            TimeSpan.FromMicroseconds((stats.CPUStats?.CPUUsage?.TotalUsage ?? 0) / 1000.0),
            (long)(stats.MemoryStats?.Usage ?? 0),
            (long)(stats.MemoryStats?.Limit ?? 0),
            (int)stats.PidsStats.Current);

    private static ContainerState From(ContainerInspectResponse container, State state, ContainerConfig config) => new()
    {
        Id = container.ID,
        Name = container.Name.TrimStart('/'),
        Image = config.Image,
        Running = state.Running,
        Paused = state.Paused,
        ExitCode = (int)state.ExitCode,
        OutOfMemory = state.OOMKilled,
        ProcessId = (int)state.Pid,
        Health = HealthOf(state.Health?.Status),
        HealthLog = [.. (state.Health?.Log ?? []).Select(probe => $"exit {probe.ExitCode}: {probe.Output?.Trim()}")],
        HealthTest = [.. config.Healthcheck?.Test ?? []],
        StartedAt = EngineValues.Instant(state.StartedAt),
        StopGracePeriod = config.StopTimeout ?? TimeSpan.FromSeconds(10),
        EndedAt = EngineValues.Instant(state.FinishedAt),
        Restarts = (int)container.RestartCount,
        Addresses = (container.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>())
            .Where(network => !string.IsNullOrEmpty(network.Value.IPAddress))
            .ToDictionary(network => network.Key, network => network.Value.IPAddress),
        PublishedPorts = PortsOf(container.NetworkSettings?.Ports),
        Labels = EngineValues.Labels(config.Labels),
        LogPath = string.IsNullOrEmpty(container.LogPath) ? null : container.LogPath,
    };

    private static ContainerHealth HealthOf(string? status) => status switch
    {
        "starting" => ContainerHealth.Starting,
        "healthy" => ContainerHealth.Healthy,
        "unhealthy" => ContainerHealth.Unhealthy,
        _ => ContainerHealth.None,
    };

    private static Dictionary<int, int> PortsOf(IDictionary<string, IList<PortBinding>>? ports)
    {
        var published = new Dictionary<int, int>();
        foreach (var (key, bindings) in ports ?? new Dictionary<string, IList<PortBinding>>())
        {
            // IPv4 and IPv6 bindings of one port come apart only when the engine had to choose; the first is reachable.
            if (bindings?.FirstOrDefault()?.HostPort is { Length: > 0 } host)
            {
                published[int.Parse(key.Split('/')[0])] = int.Parse(host);
            }
        }

        return published;
    }
}
