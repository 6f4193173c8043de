using Seatrial.Engine.Faults;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>Control groups of version 1: a folder for each controller.</summary>
internal sealed class GroupsV1(ContainerHost host, KernelFiles files) : IGroupMeter
{
    /// <summary>Where no limit is, the kernel says a number of this size.</summary>
    private const long NoLimit = 1L << 60;

    private readonly string _usage = PathOf(host, "cpuacct", "cpuacct.usage");
    private readonly string _quota = PathOf(host, "cpu", "cpu.cfs_quota_us");
    private readonly string _period = PathOf(host, "cpu", "cpu.cfs_period_us");
    private readonly string _cpu = PathOf(host, "cpu", "cpu.stat");
    private readonly string _memory = PathOf(host, "memory", "memory.usage_in_bytes");
    private readonly string _limit = PathOf(host, "memory", "memory.limit_in_bytes");
    private readonly string _parts = PathOf(host, "memory", "memory.stat");
    private readonly string _blocks = PathOf(host, "blkio", "blkio.throttle.io_service_bytes_recursive");
    private readonly string _processes = PathOf(host, "cpuacct", "cgroup.procs");

    public ResourceSample? Read(DateTimeOffset at)
    {
        if (KernelFiles.Number(files.Read(_usage)) is not { } usage)
        {
            return null;
        }

        var cpu = files.Read(_cpu);
        var (periods, throttled, throttledFor) = (
            KernelFiles.Named(cpu, "nr_periods"u8), KernelFiles.Named(cpu, "nr_throttled"u8),
            KernelFiles.Named(cpu, "throttled_time"u8));
        var used = KernelFiles.Number(files.Read(_memory)) ?? 0;
        var parts = files.Read(_parts);
        var (idle, anonymous) = (
            KernelFiles.Named(parts, "total_inactive_file"u8), KernelFiles.Named(parts, "total_rss"u8));
        var blocks = files.Read(_blocks);
        var (read, written) = (KernelFiles.Sum(blocks, "Read "u8), KernelFiles.Sum(blocks, "Write "u8));
        return new ResourceSample
        {
            At = at,
            Cpu = usage / 1e9,
            Periods = periods,
            Throttled = throttled,
            ThrottledFor = throttledFor / 1e9,
            CpuLimit = KernelFiles.Number(files.Read(_quota)) is > 0 and var quota
                && KernelFiles.Number(files.Read(_period)) is > 0 and var period ? (double)quota / period : null,
            Memory = Math.Max(0, used - idle),
            Anonymous = anonymous,
            MemoryLimit = KernelFiles.Number(files.Read(_limit)) is < NoLimit and var limit ? limit : null,
            Read = read,
            Written = written,
        };
    }

    public IReadOnlyList<int> Processes() => [.. File.ReadLines(_processes).Select(int.Parse)];

    /// <summary>Empty where the machine has no such controller: then nothing of it is counted.</summary>
    private static string PathOf(ContainerHost host, string controller, string file)
    {
        try
        {
            return host.Group(controller).PathOf(file);
        }
        catch (FaultNotSeenException)
        {
            return "/nowhere";
        }
    }
}
