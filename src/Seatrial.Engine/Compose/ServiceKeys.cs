using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Every key of a service.</summary>
internal static class ServiceKeys
{
    /// <summary>Of <c>extends</c>.</summary>
    public static readonly KeyShape Extends = new() { Honoured = KeyShape.Plain("service", "file") };

    /// <summary>Of <c>build</c>.</summary>
    public static readonly KeyShape Build = new()
    {
        Honoured = KeyShape.Plain("context", "dockerfile", "args", "target", "labels"),
        Unhonoured = KeyShape.Plain(
            "additional_contexts", "cache_from", "cache_to", "dockerfile_inline", "entitlements", "extra_hosts",
            "isolation", "network", "no_cache", "platforms", "privileged", "provenance", "pull", "sbom", "secrets",
            "shm_size", "ssh", "tags", "ulimits"),
    };

    private static readonly KeyShape _healthcheck = new()
    {
        Honoured = KeyShape.Plain(
            "test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"),
    };

    private static readonly KeyShape _dependsOn = new()
    {
        Each = new() { Honoured = KeyShape.Plain("condition", "required"), Unhonoured = KeyShape.Plain("restart") },
    };

    private static readonly KeyShape _networks = new()
    {
        Each = new()
        {
            Honoured = KeyShape.Plain(
                "aliases", "driver_opts", "ipv4_address", "ipv6_address", "link_local_ips", "priority"),
            // Engines before 25 leave these out without a word.
            Unhonoured = KeyShape.Plain("gw_priority", "interface_name", "mac_address"),
        },
    };

    private static readonly KeyShape _ports = new()
    {
        Honoured = KeyShape.Plain("target", "published", "host_ip", "protocol"),
        Unhonoured = KeyShape.Plain("app_protocol", "mode", "name"),
    };

    private static readonly KeyShape _volumes = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("type", "source", "target", "read_only"))
        {
            ["bind"] = new()
            {
                Honoured = KeyShape.Plain("create_host_path", "propagation"),
                Unhonoured = KeyShape.Plain("recursive", "selinux"),
            },
            ["volume"] = new()
            {
                Honoured = KeyShape.Plain("nocopy"),
                Unhonoured = KeyShape.Plain("labels", "subpath"),
            },
            ["tmpfs"] = new() { Honoured = KeyShape.Plain("size", "mode") },
        },
        Unhonoured = KeyShape.Plain("consistency", "image"),
    };

    private static readonly KeyShape _grants = new()
    {
        Honoured = KeyShape.Plain("source", "target", "uid", "gid", "mode"),
    };

    private static readonly KeyShape _watch = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
            "path", "action", "target", "ignore", "include", "initial_sync"))
        {
            ["exec"] = new()
            {
                Honoured = KeyShape.Plain("command", "user", "privileged", "working_dir", "environment"),
            },
        },
    };

    /// <summary>Of the service.</summary>
    public static readonly KeyShape All = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
            "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command", "container_name", "cpu_period", "cpu_quota",
            "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset", "device_cgroup_rules", "dns",
            "dns_opt", "dns_search", "domainname", "entrypoint", "environment", "expose", "extra_hosts", "group_add",
            "hostname", "image", "init", "ipc", "label_file", "labels", "links", "mem_limit", "mem_reservation",
            "mem_swappiness", "memswap_limit", "network_mode", "oom_kill_disable", "oom_score_adj", "pid",
            "pids_limit", "privileged", "profiles", "provider", "pull_policy", "read_only", "restart", "runtime", "scale",
            "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls",
            "tmpfs", "tty", "user", "userns_mode", "uts", "working_dir"))
        {
            ["build"] = Build,
            ["configs"] = _grants,
            ["depends_on"] = _dependsOn,
            ["deploy"] = DeployKeys.All,
            ["devices"] = new() { Honoured = KeyShape.Plain("source", "target", "permissions") },
            ["env_file"] = new() { Honoured = KeyShape.Plain("path", "required", "format") },
            ["extends"] = Extends,
            ["healthcheck"] = _healthcheck,
            ["logging"] = new() { Honoured = KeyShape.Plain("driver", "options") },
            ["networks"] = _networks,
            ["ports"] = _ports,
            ["secrets"] = _grants,
            ["ulimits"] = new() { Each = new() { Honoured = KeyShape.Plain("soft", "hard") } },
            ["volumes"] = _volumes,
        },
        Unhonoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
            "annotations", "attach", "blkio_config", "cpu_count", "cpu_percent", "credential_spec", "external_links",
            "gpus", "isolation", "mac_address", "models", "platform", "post_start", "pre_stop", "pull_refresh_after",
            "use_api_socket", "volumes_from"))
        {
            // Read into the model; nothing watches yet.
            ["develop"] = new() { Honoured = new Dictionary<string, KeyShape?> { ["watch"] = _watch } },
        },
    };
}
