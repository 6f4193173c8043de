namespace Seatrial.Engine.Measurements.Resources;

/// <summary>From samples to what reports show.</summary>
internal static class ContainerUses
{
    private const double Mebibyte = 1 << 20;

    /// <summary>The machine first, then by name.</summary>
    public static IReadOnlyList<ContainerUse> Of(IReadOnlyList<ResourceSeries> series, DateTimeOffset zero) =>
    [
        .. series.Where(life => life.Samples.Count > 0)
            .GroupBy(life => life.Container)
            .OrderBy(container => container.Key == ResourceSeries.Host ? 0 : 1)
            .ThenBy(container => container.Key, StringComparer.Ordinal)
            .Select(container => Of(container.Key, [.. container], zero)),
    ];

    private static ContainerUse Of(string name, IReadOnlyList<ResourceSeries> lives, DateTimeOffset zero)
    {
        var seconds = lives.Sum(life => (life.Samples[^1].At - life.Samples[0].At).TotalSeconds);
        var samples = lives.SelectMany(life => life.Samples).ToList();
        var periods = Grown(lives, sample => sample.Periods);
        var cores = Cores(lives, zero);
        return new ContainerUse
        {
            Container = name,
            Lives = lives.Count,
            Cores = seconds > 0 ? Rounded(Grown(lives, sample => sample.Cpu) / seconds) : 0,
            MostCores = cores.Max() ?? 0,
            CpuLimit = samples[^1].CpuLimit,
            Throttled = periods > 0 ? Rounded(Grown(lives, sample => sample.Throttled) / periods) : 0,
            MostMemory = samples.Max(sample => sample.Memory),
            MemoryLimit = samples[^1].MemoryLimit,
            Read = (long)Grown(lives, sample => sample.Read),
            Written = (long)Grown(lives, sample => sample.Written),
            Received = (long)Grown(lives, sample => sample.Received),
            Sent = (long)Grown(lives, sample => sample.Sent),
            MostFiles = samples.Max(sample => sample.Files),
            Log = samples.Exists(sample => sample.Log is not null)
                ? (long)Grown(lives, sample => sample.Log ?? 0) : null,
            CoresBySecond = cores,
            MemoryBySecond = Memory(samples, zero),
        };
    }

    private static double Grown(IReadOnlyList<ResourceSeries> lives, Func<ResourceSample, double> counter) =>
        lives.Sum(life => Math.Max(0, counter(life.Samples[^1]) - counter(life.Samples[0])));

    /// <summary>What was used between two samples belongs to the seconds between them.</summary>
    private static double?[] Cores(IReadOnlyList<ResourceSeries> lives, DateTimeOffset zero)
    {
        var cores = new double?[Math.Max(0, lives.Max(life => SecondOf(life.Samples[^1].At, zero)) + 1)];
        var known = new double[cores.Length];
        foreach (var (one, next) in lives.SelectMany(life => life.Samples.Zip(life.Samples.Skip(1)))
            .Where(pair => pair.Second.At > pair.First.At))
        {
            var (from, to) = ((one.At - zero).TotalSeconds, (next.At - zero).TotalSeconds);
            for (var second = Math.Max(0, (int)Math.Floor(from)); second < cores.Length && second < to; second++)
            {
                var part = Math.Min(to, second + 1) - Math.Max(from, second);
                cores[second] = (cores[second] ?? 0) + ((next.Cpu - one.Cpu) * part / (to - from));
                known[second] += part;
            }
        }

        return [.. cores.Select((used, second) => known[second] > 0 ? used / known[second] : null).Select(Rounded)];
    }

    private static double?[] Memory(IReadOnlyList<ResourceSample> samples, DateTimeOffset zero)
    {
        var memory = new double?[Math.Max(0, samples.Max(sample => SecondOf(sample.At, zero)) + 1)];
        foreach (var sample in samples.Where(sample => sample.At >= zero))
        {
            var second = SecondOf(sample.At, zero);
            memory[second] = Math.Max(memory[second] ?? 0, sample.Memory / Mebibyte);
        }

        return [.. memory.Select(value => value is { } known ? Math.Round(known, 1) : (double?)null)];
    }

    private static int SecondOf(DateTimeOffset at, DateTimeOffset zero) => (int)Math.Floor((at - zero).TotalSeconds);

    private static double Rounded(double value) => Math.Round(value, 3);

    private static double? Rounded(double? value) => value is { } known ? Rounded(known) : null;
}
