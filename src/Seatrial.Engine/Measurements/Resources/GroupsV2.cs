using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>The one control group of version 2.</summary>
internal sealed class GroupsV2(ControlGroup group, KernelFiles files) : IGroupMeter
{
    public ResourceSample? Read(DateTimeOffset at)
    {
        var cpu = files.Read(group.PathOf("cpu.stat"));
        if (cpu.IsEmpty)
        {
            return null;
        }

        var (usage, periods, throttled, throttledFor) = (
            KernelFiles.Named(cpu, "usage_usec"u8), KernelFiles.Named(cpu, "nr_periods"u8),
            KernelFiles.Named(cpu, "nr_throttled"u8), KernelFiles.Named(cpu, "throttled_usec"u8));
        var quota = files.Read(group.PathOf("cpu.max"));
        var cores = KernelFiles.Number(quota) is { } most && quota.IndexOf((byte)' ') is > 0 and var space
            && KernelFiles.Number(quota[space..]) is > 0 and var period ? (double)most / period : (double?)null;
        var used = KernelFiles.Number(files.Read(group.PathOf("memory.current"))) ?? 0;
        var parts = files.Read(group.PathOf("memory.stat"));
        var (idle, anonymous) = (KernelFiles.Named(parts, "inactive_file"u8), KernelFiles.Named(parts, "anon"u8));
        var blocks = files.Read(group.PathOf("io.stat"));
        return new ResourceSample
        {
            At = at,
            Cpu = usage / 1e6,
            Periods = periods,
            Throttled = throttled,
            ThrottledFor = throttledFor / 1e6,
            CpuLimit = cores,
            Memory = Math.Max(0, used - idle),
            Anonymous = anonymous,
            Read = KernelFiles.Sum(blocks, "rbytes="u8),
            Written = KernelFiles.Sum(blocks, "wbytes="u8),
            MemoryLimit = KernelFiles.Number(files.Read(group.PathOf("memory.max"))),
        };
    }

    public IReadOnlyList<int> Processes() => group.Processes();
}
