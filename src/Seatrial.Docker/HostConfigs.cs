using Docker.DotNet.Models;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>The part of a request that is about the host: what is shared with it, and what of it may be used.</summary>
internal static class HostConfigs
{
    public static HostConfig From(ContainerRequest request)
    {
        var service = request.Service;
        var config = new HostConfig
        {
            NetworkMode = request.NetworkMode ?? request.Networks.Keys.FirstOrDefault("none"),
            PortBindings = PortBindings(service.Ports),
            RestartPolicy = RestartPolicyOf(service.Restart),
            CapAdd = [.. service.CapAdd],
            CapDrop = [.. service.CapDrop],
            SecurityOpt = [.. service.SecurityOpt],
            GroupAdd = [.. service.GroupAdd],
            ReadonlyRootfs = service.ReadOnly,
            Privileged = service.Privileged,
            Init = service.Init ? true : null,
            ShmSize = service.ShmSize ?? 0,
            Sysctls = service.Sysctls.ToDictionary(),
            StorageOpt = service.StorageOptions.ToDictionary(),
            DNS = [.. service.Naming.Dns],
            DNSOptions = [.. service.Naming.DnsOptions],
            DNSSearch = [.. service.Naming.DnsSearch],
            ExtraHosts = [.. service.Naming.ExtraHosts.Select(HostLine)],
            Ulimits = [.. service.Ulimits.Select(limit => new Ulimit
            {
                Name = limit.Key,
                Soft = limit.Value.Soft,
                Hard = limit.Value.Hard,
            })],
            Devices = [.. service.Devices.Select(device => new DeviceMapping
            {
                PathOnHost = device.Source,
                PathInContainer = device.Target,
                CgroupPermissions = device.Permissions,
            })],
            Binds = [.. request.Mounts.Where(MountParameters.IsPlainBind).Select(MountParameters.BindOf)],
            Mounts =
            [
                .. request.Mounts.Where(mount => !MountParameters.IsPlainBind(mount)).Select(MountParameters.From),
            ],
        };
        if (service.Logging is { } logging)
        {
            config.LogConfig = new LogConfig { Type = logging.Driver ?? "", Config = logging.Options.ToDictionary() };
        }

        Isolate(config, request.Isolation);
        Limit(config, service.Limits);
        return config;
    }

    /// <summary>As the engine writes a port.</summary>
    public static string PortKey(ComposePort port) => $"{port.ContainerPort}/{port.Protocol}";

    private static void Isolate(HostConfig config, ComposeIsolation isolation)
    {
        config.PidMode = isolation.Pid ?? "";
        config.IpcMode = isolation.Ipc ?? "";
        config.UTSMode = isolation.Uts ?? "";
        config.UsernsMode = isolation.UserNamespace ?? "";
        config.CgroupnsMode = isolation.Cgroup ?? "";
        config.CgroupParent = isolation.CgroupParent ?? "";
        config.DeviceCgroupRules = [.. isolation.DeviceCgroupRules];
        config.Runtime = isolation.Runtime ?? "";
    }

    private static void Limit(HostConfig config, ComposeLimits limits)
    {
        config.NanoCPUs = (long)Math.Round((limits.Cpus ?? 0) * 1e9);
        config.Memory = limits.Memory ?? 0;
        config.PidsLimit = limits.Pids;
        config.MemoryReservation = limits.MemoryReservation ?? 0;
        config.MemorySwap = limits.MemorySwap ?? 0;
        config.MemorySwappiness = limits.MemorySwappiness;
        config.OomScoreAdj = limits.OomScoreAdjustment ?? 0;
        config.OomKillDisable = limits.OomKillDisable ? true : null;
        config.CPUShares = limits.CpuShares ?? 0;
        config.CPUPeriod = limits.CpuPeriod ?? 0;
        config.CPUQuota = limits.CpuQuota ?? 0;
        config.CPURealtimePeriod = limits.CpuRealtimePeriod ?? 0;
        config.CPURealtimeRuntime = limits.CpuRealtimeRuntime ?? 0;
        config.CpusetCpus = limits.CpuSet ?? "";
    }

    // The engine parts a name from its address by a colon, and an address may have more of them.
    private static string HostLine(string line)
    {
        var sign = line.IndexOf('=', StringComparison.Ordinal);
        return $"{line[..sign]}:{line[(sign + 1)..]}";
    }

    private static Dictionary<string, IList<PortBinding>> PortBindings(IReadOnlyList<ComposePort> ports) => ports
        .GroupBy(PortKey)
        .ToDictionary(
            group => group.Key,
            IList<PortBinding> (group) => [.. group.Select(port => new PortBinding
            {
                HostIP = port.HostIp ?? "",
                HostPort = port.HostPort?.ToString() ?? "",
            })]);

    private static RestartPolicy RestartPolicyOf(string restart)
    {
        var parts = restart.Split(':');
        return new RestartPolicy
        {
            Name = parts[0] switch
            {
                "always" => RestartPolicyKind.Always,
                "unless-stopped" => RestartPolicyKind.UnlessStopped,
                "on-failure" => RestartPolicyKind.OnFailure,
                _ => RestartPolicyKind.No,
            },
            MaximumRetryCount = parts.Length > 1 ? int.Parse(parts[1]) : 0,
        };
    }
}
