namespace Seatrial.Wire;

/// <summary>What a worker's container tells its orchestrator when it ends.</summary>
public static class ContainerExitCodes
{
    /// <summary>Asked to stop, and stopped in order.</summary>
    public const int Ok = 0;

    /// <summary>A command of the container's program was used wrongly.</summary>
    public const int Usage = 64;

    /// <summary>A required dependency did not come up in time: a restart helps when it is there.</summary>
    public const int Unavailable = 69;

    /// <summary>A bug: a restart may help.</summary>
    public const int Software = 70;

    /// <summary>Stopped in order because its configuration changed: wants to be started again.</summary>
    public const int Restart = 75;

    /// <summary>Configuration: a restart does not help.</summary>
    public const int Configuration = 78;
}
