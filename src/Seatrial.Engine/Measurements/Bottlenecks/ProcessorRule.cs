using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>Processors that are used up: those of the machine, or the one that a worker can use.</summary>
internal static class ProcessorRule
{
    private const double Full = 0.9;
    private const double OneThread = 0.85;

    public static IEnumerable<Bottleneck> See(Situation now)
    {
        if (now.MachineUse >= Full)
        {
            yield return Machine(now);
        }
        else
        {
            foreach (var worker in now.Workers.Where(worker => IsOneThread(now, worker)))
            {
                yield return Worker(now, worker);
            }
        }
    }

    private static Bottleneck Machine(Situation now)
    {
        var users = now.Containers.OrderByDescending(series => now.Cores(series)).Take(4).ToList();
        var outside = Math.Max(0,
            (now.MachineUse * now.Processors) - now.Containers.Sum(series => now.Cores(series) ?? 0));
        var isOutside = users.Count == 0 || outside > now.Cores(users[0]);
        var first = isOutside ? "programs outside of the containers" : users[0].Container;
        return new Bottleneck
        {
            Name = "processors",
            Where = isOutside ? ResourceSeries.Host : first,
            Summary = $"The machine's {Figures.Number(now.Processors)} processors are in use "
                + $"{Figures.Percent(now.MachineUse, 1)} of the time, most by {first}.",
            Evidence =
            [
                new("processors in use", Figures.Percent(now.MachineUse, 1), "below 90 %"),
                .. users.Select(series => new EvidenceFigure(
                    $"cores used by {series.Container}", Figures.Number(now.Cores(series) ?? 0, 2))),
                new("cores used outside of the containers", Figures.Number(outside, 2)),
            ],
            Confidence = Situation.Confidence(0.3 + (0.3 * now.MachineUse), now.Machine?.Samples.Count ?? 0),
            Recommendation = isOutside
                ? "Keep other programs off the machine; this one and the engine count among them."
                : $"Run it on more processors, or make the work of {first} cheaper; more workers on this machine "
                    + "bring nothing.",
            ExpectedGain = "in proportion to the processors, until something else is used up",
            Verify = "Processors in use stay below 90 % under the same load.",
        };
    }

    private static Bottleneck Worker(Situation now, ResourceSeries worker)
    {
        var used = now.Cores(worker) ?? 0;
        var running = now.Replicas(worker);
        var replicas = running + Math.Max(1, (int)Math.Floor((1 - now.MachineUse) * now.Processors));
        return new Bottleneck
        {
            Name = "worker-cpu",
            Where = worker.Container,
            Summary = $"{worker.Container} computes all the time on one processor, while records wait and others are "
                + "free.",
            Evidence =
            [
                new("cores used", Figures.Number(used, 2), "below 0.85"),
                new("processors of the machine in use", Figures.Percent(now.MachineUse, 1)),
            ],
            Confidence = Situation.Confidence(0.6, worker.Samples.Count),
            Recommendation = $"Run {replicas} replicas of {worker.Service}, or let its handlers run side by side.",
            ExpectedGain = $"up to {Figures.Number((double)replicas / running)} times the records of its queue",
            Gain = Math.Round((double)replicas / running, 2),
            Verify = "The backlog of its queue falls under the same load.",
            Change = new ResourceChange(worker.Service, ResourceSettings.Replicas, running, replicas),
        };
    }

    /// <summary>Without a limit that cuts it short: that is another cause.</summary>
    private static bool IsOneThread(Situation now, ResourceSeries worker) =>
        now.Cores(worker) is >= OneThread and <= 1.1 && now.Limit(worker) > 1.1;
}
