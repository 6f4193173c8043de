namespace Seatrial.Worker.Prefect;

/// <summary>What an answer of Prefect other than success means for the message that it answers.</summary>
internal enum PrefectFault
{
    /// <summary>Nobody answers, or the server has other worries: the same message again after a while.</summary>
    Later,

    /// <summary>What the message speaks of is not there, or is there in another shape.</summary>
    Conflict,

    /// <summary>This message will never be taken.</summary>
    Refused,

    /// <summary>No message of ours is taken until somebody mends the credentials.</summary>
    Unauthorised,
}
