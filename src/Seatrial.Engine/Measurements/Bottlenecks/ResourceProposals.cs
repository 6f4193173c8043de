using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A setting to try, and why.</summary>
/// <param name="Change">What.</param>
/// <param name="Reason">By which figures.</param>
/// <param name="Verify">How to see that it did any good.</param>
public sealed record ResourceProposal(ResourceChange Change, string Reason, string Verify);

/// <summary>What the services should be given: from what holds them up, and from what they never used.</summary>
internal static class ResourceProposals
{
    private const double Tight = 0.85;
    private const double Loose = 0.3;
    private const long LeastMemory = 64 << 20;
    private const long MemoryStep = 16 << 20;

    /// <summary>Shorter lives have not shown what they need.</summary>
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<ResourceProposal> Of(
        PerformanceEvidence evidence, IReadOnlyList<Bottleneck> bottlenecks)
    {
        var asked = bottlenecks.Where(one => one.Change is not null)
            .Select(one => new ResourceProposal(
                one.Change ?? throw new InvalidOperationException(), one.Summary, one.Verify));
        var leaking = bottlenecks.Where(one => one.Name is "leak").Select(one => one.Where).ToList();
        var sized = evidence.Resources
            .Where(series => series.Service.Length > 0 && series.Samples.Count > 1
                && series.Samples[^1].At - series.Samples[0].At >= _least && !leaking.Contains(series.Container))
            .GroupBy(series => series.Service)
            .SelectMany(service => Sizes(service.Key, [.. service]));
        return [.. asked.Concat(sized).DistinctBy(proposal => (proposal.Change.Service, proposal.Change.Setting))];
    }

    private static IEnumerable<ResourceProposal> Sizes(string service, IReadOnlyList<ResourceSeries> lives)
    {
        var memory = lives.Max(life => life.Samples.Max(sample => sample.Memory));
        if (lives.Min(life => life.Samples[^1].MemoryLimit) is { } limit
            && (memory > Tight * limit || (memory < Loose * limit && 2 * memory < limit && limit > LeastMemory)))
        {
            var proposed = Math.Max(LeastMemory, Rounded((long)(memory * (memory > Tight * limit ? 1.5 : 2))));
            if (proposed != limit)
            {
                yield return new ResourceProposal(
                    new ResourceChange(service, "deploy.resources.limits.memory",
                        Figures.Bytes(limit), Figures.Bytes(proposed)),
                    $"It used {Figures.Bytes(memory)} at most, {Figures.Percent(memory, limit)} of its limit.",
                    proposed > limit ? "No container of it ends out of memory, and collections become rarer."
                        : "Throughput and latency stay as they are.");
            }
        }

        var cores = lives.Max(Peak);
        var throttled = lives.Max(life => life.Samples[^1].Throttled - life.Samples[0].Throttled);
        if (lives.Min(life => life.Samples[^1].CpuLimit) is { } quota && throttled == 0 && cores < Loose * quota)
        {
            yield return new ResourceProposal(
                new ResourceChange(service, "deploy.resources.limits.cpus",
                    Figures.Number(quota, 2), Figures.Number(Math.Max(0.1, cores * 2), 2)),
                $"It used {Figures.Number(cores, 2)} cores in its busiest second, and was never cut short.",
                "The part of periods cut short stays below 10 %.");
        }
    }

    /// <summary>Cores in the busiest second.</summary>
    private static double Peak(ResourceSeries life)
    {
        var (peak, first) = (0.0, 0);
        for (var i = 1; i < life.Samples.Count; i++)
        {
            for (; (life.Samples[i].At - life.Samples[first].At).TotalSeconds > 1.5; first++)
            {
            }

            var seconds = (life.Samples[i].At - life.Samples[first].At).TotalSeconds;
            peak = seconds >= 0.5 ? Math.Max(peak, (life.Samples[i].Cpu - life.Samples[first].Cpu) / seconds) : peak;
        }

        return peak;
    }

    private static long Rounded(long bytes) => (bytes + MemoryStep - 1) / MemoryStep * MemoryStep;
}
