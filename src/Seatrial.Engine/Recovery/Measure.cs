namespace Seatrial.Engine.Recovery;

/// <summary>What is measured of how a system takes a fault.</summary>
public enum Measure
{
    /// <summary>From the injection to the first symptom that the log shows.</summary>
    Detect,

    /// <summary>From the healing to throughput as it was before.</summary>
    Recover,

    /// <summary>From the healing to a backlog as it was before.</summary>
    Drain,

    /// <summary>From a holder's last claim to the claim of another who took the record over.</summary>
    Reclaim,

    /// <summary>Claims beyond the first of each record, as a part of the records.</summary>
    Waste,

    /// <summary>How long the database kept locks of a client that was dead.</summary>
    LockHeld,

    /// <summary>What a worker burned while the fault was at work, beyond what it did before, in cores.</summary>
    Processor,
}
