namespace Seatrial.Worker.Health;

/// <summary>A hierarchy for each controller.</summary>
internal sealed class CgroupV1(string root) : ICgroup
{
    // "No limit" is the greatest number of whole pages.
    private const long Unlimited = 1L << 60;

    private readonly CgroupFiles _files = new(root);

    public string Source => "cgroup v1";

    public (long? Memory, double? Cpus) ReadLimits()
    {
        var memory = _files.Number("memory/memory.limit_in_bytes");
        var quota = _files.Number("cpu/cpu.cfs_quota_us");
        var period = _files.Number("cpu/cpu.cfs_period_us");
        return (
            memory is > 0 and < Unlimited ? memory : null,
            quota > 0 && period > 0 ? (double)quota / period : null);
    }

    public CgroupUsage ReadUsage()
    {
        var memory = _files.Number("memory/memory.usage_in_bytes") ?? 0;
        var droppable = _files.Number("memory/memory.stat", "total_inactive_file") ?? 0;
        return new CgroupUsage(
            Math.Max(0, memory - droppable),
            TimeSpan.FromMicroseconds((_files.Number("cpuacct/cpuacct.usage") ?? 0) / 1000.0),
            _files.Number("cpu/cpu.stat", "nr_periods") ?? 0,
            _files.Number("cpu/cpu.stat", "nr_throttled") ?? 0);
    }
}
