namespace Seatrial.Engine.Machines;

/// <summary>How something on a machine is.</summary>
public enum MachineState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not there; what needs it is not to be had.</summary>
    Missing,

    /// <summary>There, but not as it should be.</summary>
    Poor,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="State">How it is.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Cost">What does not work, or not well, because of it; null when it is good.</param>
/// <param name="Fix">What to do about it; null when it is good, or nothing can be done.</param>
public sealed record MachineFinding(
    string Name, MachineState State, string Seen, string? Cost = null, string? Fix = null)
{
    /// <summary>Whether nothing works without it.</summary>
    public bool IsVital { get; init; }
}
