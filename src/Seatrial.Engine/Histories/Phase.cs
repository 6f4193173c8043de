namespace Seatrial.Engine.Histories;

/// <summary>Where a record is in its life, by the mapping's lists of states.</summary>
internal enum Phase : byte
{
    /// <summary>Not put in yet.</summary>
    None,
    Ready,
    Running,
    Done,
    Dead,

    /// <summary>Its row is deleted.</summary>
    Removed,

    /// <summary>Not known: after a gap, or in a state that the mapping does not name.</summary>
    Unclear,
}
