namespace Seatrial.Engine;

/// <summary>What the program tells its caller when it ends; containers use 78, the program the others.</summary>
public enum ExitCode
{
    /// <summary>Seen to be right.</summary>
    Pass = 0,

    /// <summary>Seen to be wrong.</summary>
    Fail = 1,

    /// <summary>Not seen: no data, a gap, a fault that did not take effect.</summary>
    Unknown = 2,

    /// <summary>Wrong use, or a faulty file.</summary>
    Usage = 64,

    /// <summary>The engine, or what it must run, is not to be had.</summary>
    Unavailable = 69,

    /// <summary>Our own bug.</summary>
    Software = 70,

    /// <summary>Configuration of a container.</summary>
    Configuration = 78,

    /// <summary>Interrupted by the user.</summary>
    Interrupted = 130,
}
