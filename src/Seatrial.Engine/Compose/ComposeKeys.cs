using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// Every key of Compose, and whether it is honoured. <c>docs/compose.md</c> is drawn from it, so that the list that the
/// reader obeys and the list that the user sees are one.
/// </summary>
internal static class ComposeKeys
{
    private static readonly KeyShape Build = new()
    {
        Honoured = KeyShape.Plain("context", "dockerfile", "args", "target", "labels"),
        Unhonoured =
        [
            "additional_contexts", "cache_from", "cache_to", "dockerfile_inline", "entitlements", "extra_hosts",
            "isolation", "network", "no_cache", "platforms", "privileged", "provenance", "pull", "sbom", "secrets",
            "shm_size", "ssh", "tags", "ulimits",
        ],
    };

    private static readonly KeyShape Healthcheck = new()
    {
        Honoured = KeyShape.Plain(
            "test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"),
    };

    private static readonly KeyShape DependsOn = new()
    {
        Each = new() { Honoured = KeyShape.Plain("condition", "required"), Unhonoured = ["restart"] },
    };

    private static readonly KeyShape ServiceNetworks = new()
    {
        Each = new()
        {
            Honoured = KeyShape.Plain("aliases"),
            Unhonoured =
            [
                "driver_opts", "gw_priority", "interface_name", "ipv4_address", "ipv6_address", "link_local_ips",
                "mac_address", "priority",
            ],
        },
    };

    private static readonly KeyShape Ports = new()
    {
        Honoured = KeyShape.Plain("target", "published", "host_ip", "protocol"),
        Unhonoured = ["app_protocol", "mode", "name"],
    };

    private static readonly KeyShape Volumes = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("type", "source", "target", "read_only"))
        {
            ["bind"] = new() { Unhonoured = ["create_host_path", "propagation", "recursive", "selinux"] },
            ["volume"] = new() { Unhonoured = ["labels", "nocopy", "subpath"] },
            ["tmpfs"] = new() { Honoured = KeyShape.Plain("size", "mode") },
        },
        Unhonoured = ["consistency", "image"],
    };

    private static readonly KeyShape Deploy = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("replicas"))
        {
            ["resources"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>
                {
                    ["limits"] = new() { Honoured = KeyShape.Plain("cpus", "memory", "pids") },
                },
                Unhonoured = ["reservations"],
            },
        },
        Unhonoured =
        [
            "endpoint_mode", "labels", "mode", "placement", "restart_policy", "rollback_config", "update_config",
        ],
    };

    /// <summary>Of a service.</summary>
    public static readonly KeyShape Service = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
            "cap_add", "cap_drop", "command", "container_name", "cpus", "entrypoint", "environment", "hostname",
            "image", "init", "labels", "mem_limit", "pids_limit", "privileged", "profiles", "read_only", "restart",
            "scale", "security_opt", "shm_size", "stop_grace_period", "stop_signal", "tmpfs", "user", "working_dir"))
        {
            ["build"] = Build,
            ["depends_on"] = DependsOn,
            ["deploy"] = Deploy,
            ["healthcheck"] = Healthcheck,
            ["networks"] = ServiceNetworks,
            ["ports"] = Ports,
            ["volumes"] = Volumes,
        },
        Unhonoured =
        [
            "annotations", "attach", "blkio_config", "cgroup", "cgroup_parent", "configs", "cpu_count", "cpu_percent",
            "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpuset", "credential_spec",
            "develop", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname", "env_file",
            "expose", "extends", "external_links", "extra_hosts", "gpus", "group_add", "ipc", "isolation",
            "label_file", "links", "logging", "mac_address", "mem_reservation", "mem_swappiness", "memswap_limit",
            "models", "network_mode", "oom_kill_disable", "oom_score_adj", "pid", "platform", "post_start",
            "pre_stop", "provider", "pull_policy", "pull_refresh_after", "runtime", "secrets", "stdin_open",
            "storage_opt", "sysctls", "tty", "ulimits", "use_api_socket", "userns_mode", "uts", "volumes_from",
        ],
    };

    private static readonly KeyShape Network = new()
    {
        Honoured = KeyShape.Plain("name", "driver", "driver_opts", "external", "internal", "labels"),
        Unhonoured = ["attachable", "enable_ipv4", "enable_ipv6", "ipam"],
    };

    private static readonly KeyShape Volume = new()
    {
        Honoured = KeyShape.Plain("name", "driver", "driver_opts", "external", "labels"),
    };

    /// <summary>Of the file.</summary>
    public static readonly KeyShape File = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("name"))
        {
            ["services"] = new() { Each = Service },
            ["networks"] = new() { Each = Network },
            ["volumes"] = new() { Each = Volume },
        },
        Unhonoured = ["configs", "include", "models", "secrets", "version"],
    };

    /// <summary>Of <c>build</c>, which other files have as well.</summary>
    public static KeyShape BuildKeys => Build;
}
