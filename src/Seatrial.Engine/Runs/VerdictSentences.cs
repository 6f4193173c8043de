using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;

namespace Seatrial.Engine.Runs;

/// <summary>What a run showed, in words: the terminal, HTML and Markdown say the same.</summary>
public static class VerdictSentences
{
    /// <summary><c>PASS</c>, <c>FAIL</c>, <c>UNKNOWN</c>.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        Verdict.Unknown => "UNKNOWN",
    };

    /// <summary><c>✓</c>, <c>✗</c>, <c>?</c>.</summary>
    public static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓",
        Verdict.Fail => "✗",
        Verdict.Unknown => "?",
    };

    /// <summary>
    /// One sentence: <c>64,449 records in 3 queues, each processed exactly once, through 2 faults.</c>
    /// It never says more than the checks and the figures show.
    /// </summary>
    public static string Proven(RunResult result)
    {
        var queues = result.Suites.SelectMany(suite => suite.Queues).ToArray();
        return result.Verdict switch
        {
            Verdict.Pass when queues.Length == 0 => $"{Figures.Count(Checks(result).Count(), "check")} passed.",
            Verdict.Pass => $"{Processed(queues)}, {Through(result)}.",
            Verdict.Fail => $"{Broken(result)}{Among(queues)}{(queues.Length > 0 ? ", " + Through(result) : "")}.",
            Verdict.Unknown => $"{Why(result)}{Reached(queues)}.",
        };
    }

    /// <summary>Each reason why something is not known; empty when nothing is in doubt.</summary>
    public static IReadOnlyList<string> Doubts(RunResult result)
    {
        var doubts = new List<string>();
        if (result.StoppedBecause is not null)
        {
            doubts.Add($"Stopped early: {result.StoppedBecause}");
        }

        foreach (var suite in result.Suites)
        {
            doubts.AddRange(suite.Checks
                .Where(check => check.Verdict is Verdict.Unknown)
                .GroupBy(check => check.Summary, check => check.Id)
                .Select(ids => $"{ids.Key.TrimEnd('.')} ({string.Join(", ", ids)})."));
            doubts.AddRange(suite.Faults
                .Where(fault => !fault.Proven)
                .Select(fault => $"Fault {Name(fault)}: {fault.Failure ?? Missing(fault)}"));
            if (suite.Checks.Count == 0 && result.StoppedBecause is null)
            {
                doubts.Add($"Suite {suite.Name} ended without a check.");
            }
        }

        if (result.Suites.Count == 0 && result.StoppedBecause is null)
        {
            doubts.Add("No suite was run.");
        }

        return doubts;
    }

    /// <summary>
    /// What a report lists beside <see cref="Proven"/>: no single doubt that is the sentence already.
    /// </summary>
    public static IReadOnlyList<string> FurtherDoubts(RunResult result)
    {
        var doubts = Doubts(result);
        return doubts.Count == 1 && result.Verdict is Verdict.Unknown ? [] : doubts;
    }

    /// <summary><c>kill of rpa1-2</c>; the target as specified when none was resolved.</summary>
    public static string Name(FaultRecord fault) => $"{fault.Name} of {fault.Target ?? fault.TargetSpec}";

    /// <summary>The first of a fault's four steps that was not seen, as a sentence.</summary>
    public static string Missing(FaultRecord fault) => fault switch
    {
        { InjectedAt: null } => $"it was never injected; it was due at {fault.Trigger}.",
        { ConfirmedAt: null } => "nothing shows that it took effect.",
        { HealedAt: null } => "it was not healed.",
        { ConfirmedHealedAt: null } => "nothing shows that it was over.",
        _ => "each step was seen.",
    };

    private static IEnumerable<CheckResult> Checks(RunResult result) => result.Suites.SelectMany(suite => suite.Checks);

    private static string Processed(QueueSummary[] queues)
    {
        var enqueued = queues.Sum(queue => queue.Enqueued);
        var exact = queues.All(queue => queue.Done == queue.Enqueued && queue.Effects == queue.Enqueued);
        var dead = queues.Sum(queue => queue.Dead);
        var all = $"{Figures.Count(enqueued, "record")} in {Figures.Count(queues.Length, "queue")}";
        return exact
            ? $"{all}, each processed exactly once"
            : $"{all}, {Figures.Count(queues.Sum(queue => queue.Done))} of them done"
                + (dead > 0 ? $" and {Figures.Count(dead)} given up as dead letters" : "");
    }

    private static string Through(RunResult result)
    {
        var faults = result.Suites.SelectMany(suite => suite.Faults).ToArray();
        var proven = faults.Count(fault => fault.Proven);
        return faults.Length == 0 ? "without a fault"
            : proven == faults.Length ? $"through {Figures.Count(proven, "fault")}"
            : $"through {Figures.Count(proven)} of {Figures.Count(faults.Length, "fault")}";
    }

    private static string Broken(RunResult result)
    {
        var failed = Checks(result).Where(check => check.Verdict is Verdict.Fail).ToArray();
        return failed.Length == 0
            ? "The run failed"
            : "Broken: " + string.Join(", ", failed.Select(check => $"{Figures.Count(check.Count)} × {check.Id}"));
    }

    private static string Among(QueueSummary[] queues) => queues.Length == 0
        ? ""
        : $", among {Figures.Count(queues.Sum(queue => queue.Enqueued), "record")}"
            + $" in {Figures.Count(queues.Length, "queue")}";

    private static string Why(RunResult result)
    {
        var doubts = Doubts(result);
        var first = doubts is [var doubt, ..] ? doubt.TrimEnd('.') : "the run gave no reason";
        var rest = doubts.Count > 1 ? $"; and {Figures.Count(doubts.Count - 1, "more doubt")}" : "";
        return (result.StoppedBecause is null ? "Not proven: " : "") + first + rest;
    }

    private static string Reached(QueueSummary[] queues)
    {
        var enqueued = Figures.Count(queues.Sum(queue => queue.Enqueued), "record");
        return queues.Length == 0 ? ""
            : queues.All(queue => queue.Done == queue.Enqueued) ? $". All {enqueued} in the queues were done"
            : ". Done: " + string.Join(", ", queues.Select(queue =>
                $"{Figures.Count(queue.Done)} of {Figures.Count(queue.Enqueued)} in {queue.Queue}"));
    }
}
