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

        return new ComposeService
        {
            Name = name,
            Image = field["image"].Word(),
            Build = BuildReader.Read(field["build"], context),
            Command = CommandReader.Read(field["command"]),
            Entrypoint = CommandReader.Read(field["entrypoint"]),
            Environment = PairsReader.Read(field["environment"], context.Variables.ValueOf),
            DependsOn = DependencyReader.Read(field["depends_on"]),
            Healthcheck = HealthcheckReader.Read(field["healthcheck"]),
            Networks = ServiceNetworkReader.Read(field["networks"], field["network_mode"]),
            Ports = PortReader.Read(field["ports"]),
            Mounts = MountReader.Read(field["volumes"], field["tmpfs"], context),
            Labels = PairsReader.Read(field["labels"]),
            Profiles = field["profiles"].Texts(),
            CapAdd = field["cap_add"].Texts(),
            CapDrop = field["cap_drop"].Texts(),
            SecurityOpt = field["security_opt"].Texts(),
            ContainerName = field["container_name"].Word(),
            Hostname = field["hostname"].Word(),
            User = field["user"].Word(),
            WorkingDir = field["working_dir"].Word(),
            Restart = RestartReader.Read(field["restart"]) ?? "no",
            StopSignal = field["stop_signal"].Word(),
            StopGracePeriod = field["stop_grace_period"].Duration() ?? TimeSpan.FromSeconds(10),
            ReadOnly = field["read_only"].Boolean() ?? false,
            Init = field["init"].Boolean() ?? false,
            Privileged = field["privileged"].Boolean() ?? false,
            ShmSize = field["shm_size"].Bytes(),
            Replicas = ScaleReader.Replicas(field),
            Limits = ScaleReader.Limits(field),
        };
    }
}
