using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Health;

/// <summary>Measures what the container uses; rates are between two samples.</summary>
internal sealed class ResourceSampler(
    LiveConfig config, TimeProvider time, string cgroups = Cgroups.Root, string proc = "/proc")
{
    // Between closer samples the clock's grain would make the rate.
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    private readonly ICgroup _cgroup = Cgroups.Detect(cgroups);
    private readonly CgroupFiles _proc = new(proc);
    private readonly Lock _gate = new();
    private CgroupUsage? _before;
    private long _beforeAt;
    private ResourceStatus? _last;
    private long _lastAt;

    /// <summary>Since the container started.</summary>
    public TimeSpan CpuTime => _cgroup.ReadUsage().CpuTime;

    /// <summary>The last sample again when it is fresh.</summary>
    public ResourceStatus Sample()
    {
        lock (_gate)
        {
            if (_last is null || time.GetElapsedTime(_lastAt) >= _shortest)
            {
                (_last, _lastAt) = (Measure(), time.GetTimestamp());
            }

            return _last;
        }
    }

    private ResourceStatus Measure()
    {
        var limits = config.Current.ResourceLimits;
        var (memory, cpus) = _cgroup.ReadLimits();
        var usage = _cgroup.ReadUsage();
        var (cpu, throttled) = Rates(
            usage, ContainerLimitsReader.Least(cpus, limits.Cpus) ?? System.Environment.ProcessorCount);
        var (diskUsed, diskSize) = Disk(limits.DiskPath);
        return new ResourceStatus
        {
            CpuUsagePercent = Math.Round(cpu, 1),
            CpuThrottledPercent = Math.Round(throttled, 1),
            MemoryUsageMb = Megabytes(usage.Memory),
            MemoryLimitMb = Megabytes(ContainerLimitsReader.Least(memory, limits.Memory) ?? MachineMemory()),
            DiskUsageMb = Megabytes(diskUsed),
            DiskLimitMb = Megabytes(ContainerLimitsReader.Least<long>(diskSize, limits.Disk) ?? 0),
            NetworkConnections = Established(),
        };
    }

    private static double Megabytes(double bytes) => Math.Round(bytes / ContainerLimitsReader.Megabyte, 1);

    private static (long Used, long Size) Disk(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return (drive.TotalSize - drive.TotalFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (0, 0);
        }
    }

    private (double Cpu, double Throttled) Rates(CgroupUsage usage, double cpus)
    {
        var now = time.GetTimestamp();
        var (before, beforeAt) = (_before, _beforeAt);
        (_before, _beforeAt) = (usage, now);
        if (before is null || now <= beforeAt)
        {
            return (0, 0);
        }

        var periods = usage.Periods - before.Periods;
        return (
            100 * (usage.CpuTime - before.CpuTime) / time.GetElapsedTime(beforeAt, now) / cpus,
            periods > 0 ? 100.0 * (usage.ThrottledPeriods - before.ThrottledPeriods) / periods : 0);
    }

    private long MachineMemory()
    {
        const long Kilobyte = 1024;
        var line = (_proc.Text("meminfo") ?? "").Split('\n')[0];
        var figure = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return figure is ["MemTotal:", var kilobytes, ..] ? (CgroupFiles.Parse(kilobytes) ?? 0) * Kilobyte : 0;
    }

    // A count that the kernel keeps, of IPv6 too; for each look at the table of connections it would walk the sockets
    // of the whole machine.
    private int Established()
    {
        var table = (_proc.Text("self/net/snmp") ?? "").Split('\n')
            .Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToList();
        return table is [var names, var figures] && Array.IndexOf(names, "CurrEstab") is > 0 and var column
            && column < figures.Length
                ? (int)(CgroupFiles.Parse(figures[column]) ?? 0)
                : 0;
    }
}
