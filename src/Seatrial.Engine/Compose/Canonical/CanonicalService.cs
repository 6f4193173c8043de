using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary>A service with every key in its long form.</summary>
internal static class CanonicalService
{
    public static YamlNode Of(ComposeService service, YamlNode? written)
    {
        var map = new MapBuilder();
        AddImage(map, service, written);
        AddWiring(map, service, written);
        AddRights(map, service);
        AddLimits(map, service.Limits);
        return map
            .Add("deploy", CanonicalDeploy.Of(service, MapBuilder.Under(written, "deploy")))
            .Add("develop", CanonicalDeploy.Watch(service.Watch))
            .Rest(written, ServiceKeys.All)
            .Build();
    }

    private static void AddImage(MapBuilder map, ComposeService service, YamlNode? written) => map
        .Text("image", service.Image)
        .Add("build", service.Build is { } build ? Build(build, MapBuilder.Under(written, "build")) : null)
        .Text("pull_policy", service.PullPolicy)
        .Add("command", Words(service.Command))
        .Add("entrypoint", Words(service.Entrypoint))
        .Pairs("environment", service.Environment)
        .Pairs("labels", service.Labels)
        .Texts("profiles", service.Profiles)
        .Text("container_name", service.ContainerName)
        .Text("hostname", service.Hostname)
        .Text("user", service.User)
        .Text("working_dir", service.WorkingDir)
        .Add("healthcheck", service.Healthcheck is { } check ? Healthcheck(check) : null)
        .Text("restart", service.Restart is "no" || service.Deploy.RestartPolicy is not null ? null : service.Restart)
        .Text("stop_signal", service.StopSignal)
        .Time(
            "stop_grace_period",
            service.StopGracePeriod == TimeSpan.FromSeconds(10) ? null : service.StopGracePeriod);

    private static void AddWiring(MapBuilder map, ComposeService service, YamlNode? written) => map
        .Add("depends_on", service.DependsOn.Count is 0
            ? null
            : Dependencies(service, MapBuilder.Under(written, "depends_on")))
        .Text("network_mode", service.NetworkMode)
        .Add("networks", service.NetworkMode is null ? Networks(service, MapBuilder.Under(written, "networks")) : null)
        .Texts("links", [.. service.Links.SelectMany(link =>
            link.Value.Count is 0 ? [link.Key] : link.Value.Select(name => $"{link.Key}:{name}"))])
        .Text("domainname", service.Naming.Domainname)
        .Texts("dns", service.Naming.Dns)
        .Texts("dns_opt", service.Naming.DnsOptions)
        .Texts("dns_search", service.Naming.DnsSearch)
        .Texts("extra_hosts", service.Naming.ExtraHosts)
        .Add("ports", service.Ports.Count is 0
            ? null
            : MapBuilder.List(service.Ports.Select(
                port => CanonicalItems.Of(port, MapBuilder.Under(written, "ports")))))
        .Texts("expose", [.. service.Expose.Select(port => port.Replace("/tcp", "", StringComparison.Ordinal))])
        .Add("volumes", service.Mounts.Count is 0
            ? null
            : MapBuilder.List(service.Mounts.Select(
                mount => CanonicalItems.Of(mount, MapBuilder.Under(written, "volumes")))))
        .Add("secrets", CanonicalItems.Of(service.Secrets))
        .Add("configs", CanonicalItems.Of(service.Configs))
        .Add("devices", CanonicalItems.Of(service.Devices));

    private static void AddRights(MapBuilder map, ComposeService service) => map
        .Texts("cap_add", service.CapAdd)
        .Texts("cap_drop", service.CapDrop)
        .Texts("security_opt", service.SecurityOpt)
        .Texts("group_add", service.GroupAdd)
        .Truth("read_only", service.ReadOnly)
        .Truth("init", service.Init)
        .Truth("privileged", service.Privileged)
        .Truth("tty", service.Tty)
        .Truth("stdin_open", service.StdinOpen)
        .Size("shm_size", service.ShmSize)
        .Text("pid", service.Isolation.Pid)
        .Text("ipc", service.Isolation.Ipc)
        .Text("uts", service.Isolation.Uts)
        .Text("userns_mode", service.Isolation.UserNamespace)
        .Text("cgroup", service.Isolation.Cgroup)
        .Text("cgroup_parent", service.Isolation.CgroupParent)
        .Texts("device_cgroup_rules", service.Isolation.DeviceCgroupRules)
        .Text("runtime", service.Isolation.Runtime)
        .Pairs("sysctls", service.Sysctls)
        .Pairs("storage_opt", service.StorageOptions)
        .Add("ulimits", service.Ulimits.Count is 0 ? null : MapBuilder.Named(service.Ulimits, limit => new MapBuilder()
            .Number("soft", limit.Soft).Number("hard", limit.Hard).Build()))
        .Add("logging", service.Logging is not { } logging ? null : new MapBuilder()
            .Text("driver", logging.Driver).Pairs("options", logging.Options).Build());

    private static void AddLimits(MapBuilder map, ComposeLimits limits) => map
        .Size("memswap_limit", limits.MemorySwap)
        .Number("mem_swappiness", limits.MemorySwappiness)
        .Number("oom_score_adj", limits.OomScoreAdjustment)
        .Truth("oom_kill_disable", limits.OomKillDisable)
        .Number("cpu_shares", limits.CpuShares)
        .Number("cpu_period", limits.CpuPeriod)
        .Number("cpu_quota", limits.CpuQuota)
        .Number("cpu_rt_period", limits.CpuRealtimePeriod)
        .Number("cpu_rt_runtime", limits.CpuRealtimeRuntime)
        .Text("cpuset", limits.CpuSet);

    private static YamlNode.Map Build(ComposeBuild build, YamlNode? written) => new MapBuilder()
        .Text("context", build.Context)
        .Text("dockerfile", Path.GetRelativePath(build.Context, build.Dockerfile))
        .Pairs("args", build.Args)
        .Text("target", build.Target)
        .Pairs("labels", build.Labels)
        .Rest(written, ServiceKeys.Build)
        .Build();

    private static YamlNode.Map Healthcheck(ComposeHealthcheck check) => new MapBuilder()
        .Add("test", Words(check.Test))
        .Time("interval", check.Interval)
        .Time("timeout", check.Timeout)
        .Time("start_period", check.StartPeriod)
        .Time("start_interval", check.StartInterval)
        .Number("retries", check.Retries)
        .Build();

    private static YamlNode.Map Dependencies(ComposeService service, YamlNode? written) => MapBuilder.Named(
        service.DependsOn.Select(edge => KeyValuePair.Create(edge.Service, edge)),
        edge => new MapBuilder()
            .Text("condition", edge.Condition switch
            {
                DependencyCondition.Started => "service_started",
                DependencyCondition.Healthy => "service_healthy",
                DependencyCondition.CompletedSuccessfully => "service_completed_successfully",
            })
            .Add("required", MapBuilder.Truth(edge.Required))
            .Add("restart", MapBuilder.Under(MapBuilder.Under(written, edge.Service), "restart"))
            .Build());

    private static YamlNode Networks(ComposeService service, YamlNode? written) => service.Networks.Count is 0
        ? MapBuilder.List([])
        : MapBuilder.Named(
            service.Networks.Select(network => KeyValuePair.Create(network.Key, network)),
            network => CanonicalItems.Of(
                network.Value,
                service.Endpoints.GetValueOrDefault(network.Key),
                MapBuilder.Under(written, network.Key)));

    private static YamlNode? Words(IReadOnlyList<string>? words) =>
        words is null ? null : MapBuilder.List(words.Select(MapBuilder.Text));
}
