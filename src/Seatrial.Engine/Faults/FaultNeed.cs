namespace Seatrial.Engine.Faults;

/// <summary>What a fault needs of the machine, the engine and its driver.</summary>
public enum FaultNeed
{
    /// <summary>The engine's processes are this host's, and this program may touch them.</summary>
    Host,

    /// <summary>Namespaces of containers can be entered.</summary>
    Nsenter,

    /// <summary>Packets can be dropped.</summary>
    Iptables,

    /// <summary>Packets can be lost at random.</summary>
    Statistic,

    /// <summary>Connections can be led elsewhere.</summary>
    Redirect,

    /// <summary>Single connections can be reset.</summary>
    SocketKill,

    /// <summary>An interface's rate can be bounded.</summary>
    TokenBucket,

    /// <summary>Control groups can be written.</summary>
    Cgroups,

    /// <summary>Block devices can be throttled.</summary>
    IoThrottle,

    /// <summary>The driver can freeze.</summary>
    Pause,

    /// <summary>The driver can send signals.</summary>
    Kill,

    /// <summary>The driver can stop what then stays.</summary>
    Stop,

    /// <summary>The driver can take a container off a network.</summary>
    Attach,

    /// <summary>The driver can run a command in a container.</summary>
    Execute,
}
