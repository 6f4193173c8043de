using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Chaos;

/// <summary>Draws a schedule: a pure function of its arguments, so that one seed gives one schedule.</summary>
public static class ChaosGenerator
{
    private const int UsualRate = 400;
    private const int MostDraws = 30;

    /// <summary>Room for what healing, draining and judging take after each round.</summary>
    private const double PartUnderLoad = 0.65;

    /// <summary>A round that takes longer says little about where in it something broke.</summary>
    private static readonly TimeSpan _longestRound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _shortestRound = TimeSpan.FromSeconds(5);

    /// <summary>What faults need after their hold, to heal and to be seen healed.</summary>
    private static readonly TimeSpan _healing = TimeSpan.FromSeconds(3);

    /// <summary>The schedule of a request for a system.</summary>
    public static ChaosSchedule Draw(
        ChaosRequest request, ChaosAims aims, SystemSpec spec, IReadOnlyDictionary<string, int> replicas)
    {
        var count = Math.Max(1, (int)Math.Ceiling(request.For / _longestRound));
        var length = request.For / count * PartUnderLoad;
        length = TimeSpan.FromSeconds(Math.Round(Math.Max(length.TotalSeconds, _shortestRound.TotalSeconds), 1));
        var drawing = new Drawing(request.Seed, aims, spec, replicas, length);
        return new ChaosSchedule
        {
            Seed = request.Seed,
            Rate = spec.Workload.Rate ?? UsualRate,
            Replicas = new SortedDictionary<string, int>(
                replicas.Where(service => aims.Workers.Contains(service.Key)).ToDictionary(), StringComparer.Ordinal),
            Rounds = [.. Enumerable.Range(1, count).Select(round => drawing.Round(round, Faults(request, length)))],
        };
    }

    private static int Faults(ChaosRequest request, TimeSpan length)
    {
        var each = request.Intensity switch
        {
            ChaosIntensity.Low => 8,
            ChaosIntensity.Medium => 4.5,
            ChaosIntensity.High => 2.5,
        };
        return Math.Max(1, (int)Math.Round(length.TotalSeconds / each));
    }

    /// <summary>What one schedule is drawn from.</summary>
    private sealed class Drawing(
        ulong seed, ChaosAims aims, SystemSpec spec, IReadOnlyDictionary<string, int> replicas, TimeSpan length)
    {
        public ChaosRound Round(int round, int count)
        {
            var drawn = new List<ChaosEvent>();
            for (var i = 1; i <= count && aims.Pairs.Count > 0; i++)
            {
                var id = $"r{round}-{i}";
                var chance = EventChance.Of(seed, id);
                for (var attempt = 0; attempt < MostDraws; attempt++)
                {
                    var one = new ChaosEvent(id, Fault(chance));
                    if (drawn.TrueForAll(other => MayBeTogether(one, other)))
                    {
                        drawn.Add(one);
                        break;
                    }
                }
            }

            return new ChaosRound(length, [.. drawn.OrderBy(one => From(one.Fault))]);
        }

        private FaultSpec Fault(SeededRandom chance)
        {
            // By lane first: a lane with many kinds is not more likely to break.
            var lanes = aims.Pairs.Select(pair => pair.Kind.Lane).Distinct().ToList();
            var lane = lanes[chance.Next(lanes.Count)];
            var kinds = aims.Pairs.Where(pair => pair.Kind.Lane == lane).Select(pair => pair.Kind).Distinct().ToList();
            var kind = kinds[chance.Next(kinds.Count)];
            var services = aims.Pairs.Where(pair => pair.Kind == kind).Select(pair => pair.Service).ToList();
            var service = services[chance.Next(services.Count)];
            var target = Target(chance, kind, service);
            return new FaultSpec
            {
                Kind = kind.Name,
                Target = target,
                Queue = aims.Workers.Contains(service) && spec.Mapping.Stages.Contains(service)
                    ? service : spec.Mapping.Stages[0],
                At = At(chance, service, target),
                For = kind.Hold is null ? null : Tenths(chance, 1, 6),
                By = kind.By is null ? null : Strength(chance, kind.By),
                Position = new SourcePosition("the drawn schedule", 1, 1),
            };
        }

        private FaultTarget Target(SeededRandom chance, FaultKind kind, string service)
        {
            var (count, draw) = (replicas[service], chance.Next(8));
            var number = chance.Next(count) + 1;
            var isOne = kind.Name is "pause-past-lease" || count < 2;
            return draw switch
            {
                0 when !isOne => new FaultTarget(TargetChoice.AllOf, service),
                1 when !isOne && count > 2 => new FaultTarget(TargetChoice.MinorityOf, service),
                _ => new FaultTarget(TargetChoice.Container, service) { Number = number },
            };
        }

        /// <summary>
        /// A time, or an event of the log that comes for sure before the round ends: few enough records for one that is
        /// slow to take its share.
        /// </summary>
        private FaultTrigger At(SeededRandom chance, string service, FaultTarget target)
        {
            var after = Tenths(chance, 0, (int)(length.TotalSeconds * 0.6));
            var nth = 1 + chance.Next(Math.Max(1, (int)(length.TotalSeconds * 10)));
            return chance.Next(5) switch
            {
                0 when spec.Mapping.Queue.Owner is not null && target.Number is { } number
                    && spec.Mapping.Stages.Contains(service) =>
                    new FaultTrigger.Sighting(LogCount.Claim, nth, service, $"{service}-{number}"),
                1 => new FaultTrigger.Sighting(
                    LogCount.Done, nth, spec.Mapping.Stages[chance.Next(spec.Mapping.Stages.Count)], By: null),
                _ => new FaultTrigger.Time(after),
            };
        }

        private bool MayBeTogether(ChaosEvent one, ChaosEvent other) =>
            From(one.Fault) > Until(other) || From(other.Fault) > Until(one)
            || FaultOverlaps.MayShare(one.Kind, other.Kind)
            || !Places(one).Intersect(Places(other)).Any();

        private IReadOnlyList<string> Places(ChaosEvent one) => FaultOverlaps.Places(
            one.Kind,
            [
                .. Enumerable.Range(1, replicas[one.Fault.Target.Of])
                    .Where(number => one.Fault.Target.Number is null || one.Fault.Target.Number == number)
                    .Select(number => $"{one.Fault.Target.Of}-{number}"),
            ]);

        private static TimeSpan Until(ChaosEvent one) =>
            From(one.Fault) + (one.Fault.For ?? TimeSpan.Zero) + _healing;

        /// <summary>Of what the log tells nobody knows the instant; the earliest.</summary>
        private static TimeSpan From(FaultSpec fault) =>
            fault.At is FaultTrigger.Time time ? time.After : TimeSpan.Zero;

        private static TimeSpan Tenths(SeededRandom chance, int fromSeconds, int toSeconds) =>
            TimeSpan.FromMilliseconds((fromSeconds * 1000)
                + (100 * chance.Next(Math.Max(1, (toSeconds - fromSeconds) * 10))));

        /// <summary>From half of what is usual to twice that.</summary>
        private static double Strength(SeededRandom chance, FaultAmount amount)
        {
            var factor = (50 + chance.Next(151)) / 100.0;
            return amount.Unit switch
            {
                FaultUnit.Share => Math.Round(Math.Min(0.6, amount.Usual * factor), 2),
                FaultUnit.Time => Math.Round(amount.Usual * factor, 3),
                FaultUnit.Bytes => Math.Max(1, Math.Round(amount.Usual * factor / 1024)) * 1024,
                FaultUnit.Number => Math.Max(1, Math.Round(amount.Usual * factor)),
            };
        }
    }
}
