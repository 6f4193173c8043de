namespace Seatrial.Engine.Recovery;

/// <summary>How fast records come and get done, by tenths of a second: as they do, or from a whole history.</summary>
public interface IPace
{
    /// <summary>Completions of all stages from one tenth up to another.</summary>
    long DoneIn(long fromTenth, long toTenth);

    /// <summary>Completions that what came into the first stage from one tenth up to another makes for.</summary>
    long DueIn(long fromTenth, long toTenth);
}
