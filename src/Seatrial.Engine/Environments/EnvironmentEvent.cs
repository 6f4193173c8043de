namespace Seatrial.Engine.Environments;

/// <summary>What an environment consists of.</summary>
public enum ResourceKind
{
    Network,
    Volume,
    Container,
}

/// <summary>How far a resource has come.</summary>
public enum ResourceState
{
    Creating,
    Created,

    /// <summary>For what it depends on.</summary>
    Waiting,
    Starting,
    Started,

    /// <summary>Healthy, or running where there is no health check.</summary>
    Ready,

    /// <summary>Ended as it should.</summary>
    Completed,
    Failed,
    Removing,
    Removed,

    /// <summary>The one whose place it takes.</summary>
    Stopping,
    Stopped,

    /// <summary>To the one whose place it took.</summary>
    RollingBack,
    RolledBack,
}

/// <summary>A step of an environment's way up or down, for those who watch.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">A container's service and number (<c>rpa1-2</c>), else the name on the engine.</param>
/// <param name="State">What it has come to.</param>
/// <param name="Elapsed">Since the environment's start began.</param>
/// <param name="Detail">What it waits for, or why it failed.</param>
public sealed record EnvironmentEvent(
    ResourceKind Kind, string Name, ResourceState State, TimeSpan Elapsed, string? Detail = null);
