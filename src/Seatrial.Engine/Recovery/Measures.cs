namespace Seatrial.Engine.Recovery;

/// <summary>What measures are called.</summary>
public static class Measures
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Measure> All { get; } = Enum.GetValues<Measure>();

    /// <summary>As <c>seatrial.yaml</c>, checks and reports name it.</summary>
    public static string Key(Measure measure) => measure switch
    {
        Measure.Detect => "ttd",
        Measure.Recover => "ttr",
        Measure.Drain => "drain",
        Measure.Reclaim => "reclaim",
        Measure.Waste => "waste",
        Measure.LockHeld => "lock_held",
        Measure.Processor => "cpu",
    };

    /// <summary>What it is, for a column's head or a sentence.</summary>
    public static string Meaning(Measure measure) => measure switch
    {
        Measure.Detect => "from injection to the first symptom",
        Measure.Recover => "from healing to the throughput of before",
        Measure.Drain => "from healing to the backlog of before",
        Measure.Reclaim => "from a holder's last claim to another's",
        Measure.Waste => "claims beyond a record's first",
        Measure.LockHeld => "locks held by dead clients",
        Measure.Processor => "cores that a worker used beyond those of before, while it lasted",
    };
}
