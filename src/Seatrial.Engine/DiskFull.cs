namespace Seatrial.Engine;

/// <summary>That there is no room left on this machine's disk.</summary>
public static class DiskFull
{
    private const int NoSpace = 28;
    private const int WindowsNoSpace = 112;

    public static bool Is(IOException exception) => (exception.HResult & 0xFFFF) is NoSpace or WindowsNoSpace;

    /// <summary>What the user has to know.</summary>
    public static Problem Problem(IOException exception) => new()
    {
        What = "The disk is full.",
        Where = exception.Message.Split('\'') is [_, var path, ..] ? path : "this machine",
        Why = exception.Message,
        Fix = "Make room there, then run the command again.",
    };
}
