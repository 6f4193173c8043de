using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tuning;

/// <summary>What became of a change to the model of a system.</summary>
public abstract record AppliedChange
{
    private AppliedChange()
    {
    }

    /// <summary>The system with it; the files are as they were.</summary>
    public sealed record Changed(ComposeProject Project, SystemSpec Spec) : AppliedChange;

    /// <summary>It can't be had in this system.</summary>
    /// <param name="Because">Why, as the end of a sentence.</param>
    public sealed record Refused(string Because) : AppliedChange;
}
