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

    public const string Number = "com.docker.compose.container-number";
}
