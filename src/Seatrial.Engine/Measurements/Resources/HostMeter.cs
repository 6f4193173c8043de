namespace Seatrial.Engine.Measurements.Resources;

/// <summary>Reads the whole machine, which containers share.</summary>
internal sealed class HostMeter(KernelFiles files)
{
    /// <summary>The kernel tells processor time in hundredths of a second, whatever its own tick is.</summary>
    private const double Ticks = 100;

    public ResourceSample Read(DateTimeOffset at)
    {
        var stat = files.Read("/proc/stat");
        var (user, nice, system, interrupts, softInterrupts) = (
            Field(stat, 0), Field(stat, 1), Field(stat, 2), Field(stat, 5), Field(stat, 6));
        var processors = Processors(stat);
        var memory = files.Read("/proc/meminfo");
        var (all, free) = (KernelFiles.Named(memory, "MemTotal"u8), KernelFiles.Named(memory, "MemAvailable"u8));
        return new ResourceSample
        {
            At = at,
            Cpu = (user + nice + system + interrupts + softInterrupts) / Ticks,
            CpuLimit = processors,
            Memory = (all - free) * 1024,
            MemoryLimit = all * 1024,
        };
    }

    private static int Processors(ReadOnlySpan<byte> stat)
    {
        var processors = 0;
        foreach (var range in stat.Split((byte)'\n'))
        {
            processors += stat[range].StartsWith("cpu"u8) ? 1 : 0;
        }

        // The first line is of all together.
        return processors - 1;
    }

    /// <summary>Of the first line: user, nice, system, idle, iowait, irq, softirq.</summary>
    private static long Field(ReadOnlySpan<byte> stat, int which)
    {
        var fields = stat["cpu ".Length..];
        for (var i = 0; i < which; i++)
        {
            fields = fields.TrimStart((byte)' ');
            fields = fields[Math.Max(0, fields.IndexOf((byte)' '))..];
        }

        return KernelFiles.Number(fields) ?? 0;
    }
}
