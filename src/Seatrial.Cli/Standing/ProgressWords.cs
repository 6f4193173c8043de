using Seatrial.Engine.Environments;

namespace Seatrial.Cli.Standing;

/// <summary>How far a resource has come, in words.</summary>
internal static class ProgressWords
{
    public static string Of(EnvironmentEvent value) => value.State switch
    {
        ResourceState.Waiting => $"waiting for {value.Detail}",
        ResourceState.Failed => $"failed: {value.Detail}",
        ResourceState.Stopping => "stopping the old one",
        ResourceState.Stopped => "stopped the old one",
        ResourceState.RollingBack => "rolling back",
        ResourceState.RolledBack => "rolled back",
        _ => value.State.ToString().ToLowerInvariant(),
    };

    /// <summary>Nothing more comes of it by itself.</summary>
    public static bool IsLast(EnvironmentEvent value) => value.State switch
    {
        ResourceState.Ready or ResourceState.Completed or ResourceState.Failed or ResourceState.Removed
            or ResourceState.RolledBack => true,
        ResourceState.Created => value.Kind is not ResourceKind.Container,
        _ => false,
    };
}
