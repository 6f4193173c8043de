using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Chaos.Shrinking;

/// <summary>A schedule that is a little smaller than another.</summary>
/// <param name="Schedule">It.</param>
/// <param name="What">In what.</param>
internal sealed record SmallerSchedule(ChaosSchedule Schedule, string What);

/// <summary>Ways to make a schedule smaller, in the order in which they are tried.</summary>
internal static class Smaller
{
    private const int LeastRate = 20;

    private static readonly TimeSpan _leastHold = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _leastRound = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _afterLast = TimeSpan.FromSeconds(1);

    /// <summary>Durations, targets, records, workers.</summary>
    public static IReadOnlyList<Func<ChaosSchedule, IEnumerable<SmallerSchedule>>> Steps { get; } =
        [Durations, Targets, Records, Workers];

    /// <summary>
    /// With these faults only; rounds that have none go, but for one, and those whose faults come early end early.
    /// </summary>
    public static ChaosSchedule With(this ChaosSchedule schedule, IReadOnlyCollection<string> ids)
    {
        var rounds = schedule.Rounds
            .Select(round => round with { Events = [.. round.Events.Where(one => ids.Contains(one.Id))] }).ToList();
        var kept = rounds.Where(round => round.Events.Count > 0).Select(EndEarly).ToList();
        return schedule with { Rounds = kept.Count > 0 ? kept : [rounds[^1]] };
    }

    /// <summary>Without any fault.</summary>
    public static ChaosSchedule Without(this ChaosSchedule schedule) => schedule.With([]);

    private static ChaosRound EndEarly(ChaosRound round)
    {
        var enough = LastTime(round) + _afterLast + _afterLast;
        return round.Events.All(one => one.Fault.At is FaultTrigger.Time) && enough < round.For
            ? round with { For = enough } : round;
    }

    private static IEnumerable<SmallerSchedule> Durations(ChaosSchedule schedule)
    {
        for (var i = 0; i < schedule.Rounds.Count; i++)
        {
            var round = schedule.Rounds[i];
            var shorter = Max(Half(round.For), Max(_leastRound, LastTime(round) + _afterLast));
            if (shorter < round.For)
            {
                yield return new SmallerSchedule(
                    Replace(schedule, i, round with { For = shorter }),
                    $"round {i + 1} for {Text.Durations.Format(shorter)}");
            }
        }

        foreach (var one in schedule.Events.Where(one => one.Fault.For > _leastHold))
        {
            var shorter = Max(_leastHold, Half(one.Fault.For ?? _leastHold));
            yield return new SmallerSchedule(
                Replace(schedule, one, fault => fault with { For = shorter }),
                $"{one.Id} {one.Fault.Kind} for {Text.Durations.Format(shorter)}");
        }
    }

    private static IEnumerable<SmallerSchedule> Targets(ChaosSchedule schedule)
    {
        var replicas = schedule.Replicas;
        foreach (var one in schedule.Events.Where(
            one => one.Fault.Target.Choice is TargetChoice.AllOf or TargetChoice.MinorityOf))
        {
            var service = one.Fault.Target.Of;
            for (var number = 1; number <= replicas.GetValueOrDefault(service, 1); number++)
            {
                var target = new FaultTarget(TargetChoice.Container, service) { Number = number };
                yield return new SmallerSchedule(
                    Replace(schedule, one, fault => fault with { Target = target }),
                    $"{one.Id} {one.Fault.Kind} at {target}");
            }
        }
    }

    private static IEnumerable<SmallerSchedule> Records(ChaosSchedule schedule)
    {
        if (schedule.Rate > LeastRate)
        {
            var rate = Math.Max(LeastRate, schedule.Rate / 2);
            yield return new SmallerSchedule(schedule with { Rate = rate }, $"{rate} records a second");
        }
    }

    private static IEnumerable<SmallerSchedule> Workers(ChaosSchedule schedule)
    {
        foreach (var (service, count) in schedule.Replicas)
        {
            if (count > 1 && !schedule.Events.Any(one => Needs(one.Fault, service, count)))
            {
                var replicas = new SortedDictionary<string, int>(
                    schedule.Replicas.ToDictionary(), StringComparer.Ordinal)
                { [service] = count - 1 };
                yield return new SmallerSchedule(
                    schedule with { Replicas = replicas }, $"{count - 1} of {service}");
            }
        }
    }

    private static bool Needs(FaultSpec fault, string service, int number) =>
        (fault.Target.Of == service && (fault.Target.Number == number
            || (fault.Target.Choice is TargetChoice.MinorityOf && number <= 3)))
        || (fault.At is FaultTrigger.Sighting { By: { } by } && by == $"{service}-{number}");

    private static ChaosSchedule Replace(ChaosSchedule schedule, int round, ChaosRound by) =>
        schedule with { Rounds = [.. schedule.Rounds.Select((old, i) => i == round ? by : old)] };

    private static ChaosSchedule Replace(ChaosSchedule schedule, ChaosEvent one, Func<FaultSpec, FaultSpec> change) =>
        schedule with
        {
            Rounds =
            [
                .. schedule.Rounds.Select(round => round with
                {
                    Events = [.. round.Events.Select(
                        other => other.Id == one.Id ? other with { Fault = change(other.Fault) } : other)],
                }),
            ],
        };

    private static TimeSpan LastTime(ChaosRound round) => round.Events
        .Select(one => one.Fault.At is FaultTrigger.Time time ? time.After : TimeSpan.Zero)
        .DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>To whole tenths of a second: files are for readers.</summary>
    private static TimeSpan Half(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds / 200) * 100);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
