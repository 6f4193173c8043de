using System.Globalization;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Resources;

/// <summary>The limits that faults set, by the files of both versions of control groups.</summary>
internal static class Limits
{
    private const int CpuPeriod = 100_000;
    private const int LeastQuota = 1000;

    public static IReadOnlyList<GroupSetting> Cpu(ContainerHost host, FaultOrder order)
    {
        var group = host.Group("cpu");
        var quota = Math.Max(LeastQuota, (long)(order.By * CpuPeriod));
        return group.IsUnified
            ? [GroupSetting.Of(group, "cpu.max", Text($"{quota} {CpuPeriod}"))]
            :
            [
                GroupSetting.Of(group, "cpu.cfs_period_us", Text($"{CpuPeriod}")),
                GroupSetting.Of(group, "cpu.cfs_quota_us", Text($"{quota}")),
            ];
    }

    public static (string Name, long Count) Throttled(ContainerHost host) =>
        ("nr_throttled", host.Group("cpu").Count("cpu.stat", "nr_throttled"));

    public static IReadOnlyList<GroupSetting> Memory(ContainerHost host, FaultOrder order)
    {
        var group = host.Group("memory");
        var limit = WorkingSet(group) + (long)order.By;
        limit += -limit & (Environment.SystemPageSize - 1);
        var file = group.IsUnified ? "memory.max" : "memory.limit_in_bytes";
        return [GroupSetting.Of(group, file, Text($"{limit}"))];
    }

    public static (string Name, long Count) Refused(ContainerHost host)
    {
        var group = host.Group("memory");
        return group.IsUnified
            ? ("max of memory.events", group.Count("memory.events", "max"))
            : ("memory.failcnt", long.Parse(group.Read("memory.failcnt"), CultureInfo.InvariantCulture));
    }

    public static IReadOnlyList<GroupSetting> Processes(ContainerHost host, FaultOrder order)
    {
        var group = host.Group("pids");
        return [GroupSetting.Of(group, "pids.max", group.Read("pids.current"))];
    }

    public static (string Name, long Count) NotStarted(ContainerHost host) =>
        ("max of pids.events", host.Group("pids").Count("pids.events", "max"));

    public static IReadOnlyList<GroupSetting> WriteOperations(ContainerHost host, FaultOrder order)
    {
        var devices = BlockDevices.Of(host);
        var (old, rate) = (host.Group("blkio"), Text($"{Math.Max(1, order.By):0}"));
        return [.. devices.Select(device => old.IsUnified
            ? GroupSetting.OfDevice(old, "io.max", device, $"wiops={rate}", "wiops=max")
            : GroupSetting.OfDevice(old, "blkio.throttle.write_iops_device", device, rate, "0"))];
    }

    public static (string Name, long Count) Written(ContainerHost host)
    {
        var group = host.Group("blkio");
        var file = group.IsUnified ? "io.stat" : "blkio.throttle.io_serviced";
        return (file, group.IsUnified ? 0 : group.Count(file, "Total"));
    }

    /// <summary>What it can't give back: its own pages, without its files' cache.</summary>
    public static long WorkingSet(ControlGroup group) => group.IsUnified
        ? group.Count("memory.stat", "anon") + group.Count("memory.stat", "shmem")
            + group.Count("memory.stat", "kernel")
        : group.Count("memory.stat", "total_rss") + group.Count("memory.stat", "total_shmem")
            + long.Parse(group.Read("memory.kmem.usage_in_bytes"), CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
