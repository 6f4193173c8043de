using System.Globalization;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>What each fault cost: a pure function of the log's history and of the faults' instants.</summary>
public static class RecoveryMeter
{
    /// <summary>Measures each fault, in their order, from its beginning to the next one's.</summary>
    /// <param name="timeline">What happened when.</param>
    /// <param name="faults">In the order of their turns.</param>
    /// <param name="clients">Those that died.</param>
    /// <param name="processors">What the workers used.</param>
    /// <param name="budgets">What it may cost.</param>
    /// <param name="rate">Records a second that come into the first queue: nobody does more but to catch up.</param>
    public static IReadOnlyList<FaultFigures> Measure(
        Timeline timeline,
        IReadOnlyList<FaultRecord> faults,
        IReadOnlyList<DeadClient> clients,
        IReadOnlyList<ProcessorUse> processors,
        IReadOnlyList<Budget> budgets,
        int? rate = null)
    {
        var spans = faults.Select(fault => Span.Of(fault, faults, timeline, rate ?? long.MaxValue)).ToList();
        return
        [
            .. faults.Select((fault, i) => new FaultFigures(
                Runs.VerdictSentences.Name(fault),
                [
                    .. spans[i] is { } span
                        ? Of(timeline, span, clients)
                            .Append(ProcessorMeter.Of(span, processors))
                            .Select(figure => figure with { Most = figure.Most ?? Lease(timeline) })
                            .Select(figure => BudgetRules.Judged(figure, fault.Name, budgets))
                        : [],
                ])),
        ];
    }

    private static IEnumerable<Figure> Of(Timeline timeline, Span span, IReadOnlyList<DeadClient> clients)
    {
        yield return Symptoms.First(timeline, span) is { } symptom
            ? new Figure
            {
                Measure = Recovery.Measure.Detect,
                Value = Seconds(Math.Max(0, symptom.At - span.Injected)),
                Seen = symptom.What,
            }
            : new Figure { Measure = Recovery.Measure.Detect };
        yield return Recovered(timeline, span);
        yield return Drained(timeline, span);
        yield return Reclaimed(timeline, span);
        var (all, again) = timeline.Claims(span.Begin, span.End);
        yield return new Figure
        {
            Measure = Recovery.Measure.Waste,
            Value = all == 0 ? null : (double)again / all,
            Seen = $"{again} of {all} claims were not their record's first",
        };
        yield return LockHeld(span, clients);
    }

    /// <summary>The first of the moments after healing from which on throughput is what it was for some
    /// seconds.</summary>
    private static Figure Recovered(Timeline timeline, Span span)
    {
        if (span.Healed is not { } healed || span.Before.Done == 0)
        {
            return new Figure { Measure = Recovery.Measure.Recover };
        }

        var first = (healed + Tenths.Length - 1) / Tenths.Length;
        for (var from = first;
            (from + (SteadyRule.Windows * SteadyRule.Window)) * Tenths.Length <= span.End;
            from++)
        {
            if (SteadyRule.IsBack(timeline, from, span.Before.Done))
            {
                return new Figure
                {
                    Measure = Recovery.Measure.Recover,
                    Value = from == first ? 0 : Seconds((from * Tenths.Length) - healed),
                    Seen = $"{span.Before.Done} records done a second before",
                };
            }
        }

        return new Figure
        {
            Measure = Recovery.Measure.Recover,
            Value = Seconds(span.End - healed),
            IsOpen = true,
            Seen = string.Create(CultureInfo.InvariantCulture,
                $"never {SteadyRule.Least(span.Before.Done):0} records a second for {SteadyRule.Windows} s"),
        };
    }

    private static Figure Drained(Timeline timeline, Span span)
    {
        if (span.Healed is not { } healed)
        {
            return new Figure { Measure = Recovery.Measure.Drain };
        }

        var at = timeline.FirstBacklogOf(span.Before.Backlog, healed, span.End);
        return new Figure
        {
            Measure = Recovery.Measure.Drain,
            Value = Seconds((at ?? span.End) - healed),
            IsOpen = at is null,
            Seen = $"{timeline.BacklogAt(healed)} records waited when it was healed, "
                + $"{span.Before.Backlog} at most before",
        };
    }

    /// <summary>The one that came furthest after its lease's end; where there are no leases, the slowest.</summary>
    private static Figure Reclaimed(Timeline timeline, Span span)
    {
        var taken = timeline.Takeovers
            .Where(takeover => takeover.At >= span.Begin && takeover.At < span.End)
            .ToList();
        if (taken.Count == 0)
        {
            return new Figure { Measure = Recovery.Measure.Reclaim };
        }

        var worst = taken.MaxBy(takeover => takeover.Late);
        return new Figure
        {
            Measure = Recovery.Measure.Reclaim,
            Value = Seconds(worst.At - worst.ClaimedAt),
            Most = worst.LeaseUntil is { } until ? Seconds(until - worst.ClaimedAt) : null,
            Record = worst.Record,
            Seen = $"{Runs.Figures.Count(taken.Count, "record")} taken over, the slowest {worst.Record}",
        };
    }

    private static Figure LockHeld(Span span, IReadOnlyList<DeadClient> clients)
    {
        var dead = clients
            .Where(client => Instants.From(client.DiedAt) >= span.Begin && Instants.From(client.DiedAt) < span.End)
            .ToList();
        if (dead.Count == 0)
        {
            return new Figure { Measure = Recovery.Measure.LockHeld };
        }

        var worst = dead.MaxBy(client => (client.LockUntil ?? client.DiedAt) - client.DiedAt);
        return new Figure
        {
            Measure = Recovery.Measure.LockHeld,
            Value = worst?.LockUntil is { } until ? (until - worst.DiedAt).TotalSeconds : 0,
            Seen = $"{Runs.Figures.Count(dead.Sum(client => client.Sessions), "session")} outlived "
                + $"{string.Join(", ", dead.Select(client => client.Container).Distinct())}{For(dead)}",
        };
    }

    private static string For(List<DeadClient> dead) =>
        dead.Max(client => client.SessionUntil - client.DiedAt) is { } longest && longest > TimeSpan.Zero
            ? $", {Runs.Figures.Duration(longest)} long as far as was seen" : "";

    private static double? Lease(Timeline timeline) => timeline.Lease is { } lease ? Seconds(lease) : null;

    private static double Seconds(long microseconds) => microseconds / 1e6;
}
