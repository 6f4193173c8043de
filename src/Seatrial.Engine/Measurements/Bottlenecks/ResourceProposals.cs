using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>What the services should be given: from what holds them up, and from what they never used.</summary>
internal static class ResourceProposals
{
    private const double Tight = 0.85;
    private const double Loose = 0.3;
    private const long LeastMemory = 64 << 20;

    /// <summary>Shorter lives have not shown what they need.</summary>
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(30);

    /// <summary>The best first: the surest cause, then the greater gain, then what only was the wrong size.</summary>
    public static IReadOnlyList<ResourceProposal> Of(
        PerformanceEvidence evidence, IReadOnlyList<Bottleneck> bottlenecks)
    {
        var asked = bottlenecks.Select(Against).OfType<ResourceProposal>()
            .OrderByDescending(proposal => proposal.Confidence)
            .ThenByDescending(proposal => proposal.Gain);
        var leaking = bottlenecks.Where(one => one.Name is "leak").Select(one => one.Where).ToList();
        var sized = evidence.Resources
            .Where(series => series.Service.Length > 0 && series.Samples.Count > 1
                && series.Samples[^1].At - series.Samples[0].At >= _least && !leaking.Contains(series.Container))
            .GroupBy(series => series.Service)
            .SelectMany(service => Sizes(service.Key, [.. service]));
        return [.. asked.Concat(sized).DistinctBy(proposal => (proposal.Change.Service, proposal.Change.Setting))];
    }

    private static ResourceProposal? Against(Bottleneck cause) => cause.Change is not { } change ? null
        : new ResourceProposal(change, cause.Summary, cause.Verify)
        {
            Cause = cause.Name,
            Confidence = cause.Confidence,
            ExpectedGain = cause.ExpectedGain,
            Gain = cause.Gain,
        };

    private static IEnumerable<ResourceProposal> Sizes(string service, IReadOnlyList<ResourceSeries> lives)
    {
        var memory = lives.Max(life => life.Samples.Max(sample => sample.Memory));
        if (lives.Min(life => life.Samples[^1].MemoryLimit) is { } limit
            && (memory > Tight * limit || (memory < Loose * limit && 2 * memory < limit && limit > LeastMemory)))
        {
            var proposed = Math.Max(
                LeastMemory, ResourceSettings.RoundedMemory(memory * (memory > Tight * limit ? 1.5 : 2)));
            if (proposed != limit)
            {
                yield return new ResourceProposal(
                    new ResourceChange(service, ResourceSettings.Memory, limit, proposed),
                    $"It used {Figures.Bytes(memory)} at most, {Figures.Percent(memory, limit)} of its limit.",
                    proposed > limit ? "No container of it ends out of memory, and collections become rarer."
                        : "Throughput and latency stay as they are.")
                {
                    ExpectedGain = proposed > limit ? "room before it ends out of memory"
                        : $"{Figures.Bytes(limit - proposed)} for others, and no record less",
                };
            }
        }

        var cores = lives.Max(Peak);
        var throttled = lives.Max(life => life.Samples[^1].Throttled - life.Samples[0].Throttled);
        var fewer = Math.Round(Math.Max(0.1, cores * 2), 2);
        if (lives.Min(life => life.Samples[^1].CpuLimit) is { } quota && throttled == 0 && cores < Loose * quota
            && fewer < quota)
        {
            yield return new ResourceProposal(
                new ResourceChange(service, ResourceSettings.Cpus, quota, fewer),
                $"It used {Figures.Number(cores, 2)} cores in its busiest second, and was never cut short.",
                "The part of periods cut short stays below 10 %.")
            {
                ExpectedGain = $"{Figures.Number(quota - fewer, 2)} cores for others, and no record less",
            };
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
}
