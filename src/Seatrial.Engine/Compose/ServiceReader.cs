using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>One service in canonical form.</summary>
internal static class ServiceReader
{
    /// <summary>Null when it is no mapping.</summary>
    public static ComposeService? Read(string name, Field field, ReadingContext context)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a mapping", "Write the service's keys below its name.");
            return null;
        }

        TellRefused(field);
        var networks = ServiceNetworkReader.Read(field["networks"], field["network_mode"]);
        return Runtime(field, context, new ComposeService
        {
            Name = name,
            Image = field["image"].Word(),
            Build = BuildReader.Read(field["build"], context),
            Command = CommandReader.Read(field["command"]),
            Entrypoint = CommandReader.Read(field["entrypoint"]),
            Environment = EnvironmentReader.Read(field["env_file"], field["environment"], context),
            Labels = EnvironmentReader.Labels(field["label_file"], field["labels"], context),
            DependsOn = DependencyReader.Read(field),
            Healthcheck = HealthcheckReader.Read(field["healthcheck"]),
            Networks = networks,
            Endpoints = ServiceNetworkReader.Endpoints(field["networks"]),
            NetworkMode = field["network_mode"].Word(),
            Links = LinkReader.Read(field["links"]),
            Naming = NamingReader.Read(field),
            Ports = PortReader.Read(field["ports"]),
            Expose = ExposeReader.Read(field["expose"]),
            Mounts = MountReader.Read(field["volumes"], field["tmpfs"], context),
            Secrets = GrantReader.Read(field["secrets"], "/run/secrets/"),
            Configs = GrantReader.Read(field["configs"], "/"),
            Profiles = field["profiles"].Texts(),
            Replicas = ScaleReader.Replicas(field),
            Limits = LimitsReader.Read(field),
            Deploy = DeployReader.Read(field["deploy"]),
            Watch = WatchReader.Read(field["develop"], context),
            PullPolicy = PullPolicyReader.Read(field["pull_policy"]),
        });
    }

    private static ComposeService Runtime(Field field, ReadingContext context, ComposeService service) => service with
    {
        ContainerName = field["container_name"].Word(),
        Hostname = field["hostname"].Word(),
        User = field["user"].Word(),
        GroupAdd = field["group_add"].Scalars(),
        WorkingDir = field["working_dir"].Word(),
        CapAdd = field["cap_add"].Texts(),
        CapDrop = field["cap_drop"].Texts(),
        SecurityOpt = field["security_opt"].Texts(),
        Restart = RestartReader.Read(field["restart"], field["deploy"]["restart_policy"]) ?? "no",
        StopSignal = field["stop_signal"].Word(),
        StopGracePeriod = field["stop_grace_period"].Duration() ?? TimeSpan.FromSeconds(10),
        ReadOnly = field["read_only"].Boolean() ?? false,
        Init = field["init"].Boolean() ?? false,
        Privileged = field["privileged"].Boolean() ?? false,
        Tty = field["tty"].Boolean() ?? false,
        StdinOpen = field["stdin_open"].Boolean() ?? false,
        ShmSize = field["shm_size"].Bytes(),
        Isolation = IsolationReader.Read(field),
        Devices = DeviceReader.Read(field["devices"]),
        Sysctls = PairsReader.Read(field["sysctls"]),
        Ulimits = UlimitReader.Read(field["ulimits"]),
        Logging = LoggingReader.Read(field["logging"]),
        StorageOptions = PairsReader.Read(field["storage_opt"], context.VariablesOf(field).ValueOf),
    };

    private static void TellRefused(Field field)
    {
        if (field["provider"].Given)
        {
            field["provider"].Error(
                "runs a program of the host in place of a container, which Seatrial does not.",
                "Write image: or build:, or keep the service out by a profile.");
        }
    }
}
