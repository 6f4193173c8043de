namespace Seatrial.Engine.Environments;

/// <summary>
/// Labels by which a run's objects are known on an engine; Compose's own are there so that its tools see them.
/// </summary>
public static class RunLabels
{
    public const string Run = "seatrial.run";

    /// <summary>The process that answers for the run: <see cref="RunOwner"/> as text.</summary>
    public const string Owner = "seatrial.owner";

    /// <summary>Present, as <c>true</c>, on what the user asked to keep.</summary>
    public const string Keep = "seatrial.keep";

    public const string Project = "com.docker.compose.project";

    public const string Service = "com.docker.compose.service";

    /// <summary>Hash of a service's declaration: what differs here has to be made anew.</summary>
    public const string ConfigurationHash = "com.docker.compose.config-hash";

    /// <summary>Short hash of each part of a service's declaration, to name what changed.</summary>
    public const string Parts = "seatrial.config";

    /// <summary>A network's key in the file.</summary>
    public const string NetworkKey = "com.docker.compose.network";

    /// <summary>A volume's key in the file.</summary>
    public const string VolumeKey = "com.docker.compose.volume";

    /// <summary>What a service depends on, as <c>service:condition:restart</c>, separated by commas.</summary>
    public const string DependsOn = "com.docker.compose.depends_on";

    public const string Number = "com.docker.compose.container-number";
}
