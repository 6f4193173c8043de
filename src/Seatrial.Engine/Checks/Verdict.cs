namespace Seatrial.Engine.Checks;

/// <summary>Three-valued: nothing counts as passed that was not seen to happen.</summary>
public enum Verdict
{
    /// <summary>Seen to be right.</summary>
    Pass,

    /// <summary>Seen to be wrong.</summary>
    Fail,

    /// <summary>
    /// Not seen: no data, a gap in the log, a fault that did not take effect, a crashed check, an interruption.
    /// </summary>
    Unknown,
}

/// <summary>Operations on verdicts.</summary>
public static class Verdicts
{
    /// <summary>Fail over Unknown over Pass; nothing at all is Unknown.</summary>
    public static Verdict Merge(IEnumerable<Verdict> verdicts)
    {
        var merged = (Verdict?)null;
        foreach (var verdict in verdicts)
        {
            merged = verdict switch
            {
                Verdict.Fail => Verdict.Fail,
                Verdict.Unknown => merged is Verdict.Fail ? Verdict.Fail : Verdict.Unknown,
                Verdict.Pass => merged ?? Verdict.Pass,
            };
        }

        return merged ?? Verdict.Unknown;
    }

    /// <summary>The exit code of a run with this verdict.</summary>
    public static ExitCode ToExitCode(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => ExitCode.Pass,
        Verdict.Fail => ExitCode.Fail,
        Verdict.Unknown => ExitCode.Unknown,
    };
}
