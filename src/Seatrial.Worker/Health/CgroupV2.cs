namespace Seatrial.Worker.Health;

/// <summary>One hierarchy for all controllers.</summary>
internal sealed class CgroupV2(string root) : ICgroup
{
    private readonly CgroupFiles _files = new(root);

    public string Source => "cgroup v2";

    public (long? Memory, double? Cpus) ReadLimits()
    {
        // "max" is no number, and stands for no limit.
        var cpu = _files.Text("cpu.max")?.Split(' ');
        var (quota, period) = (CgroupFiles.Parse(cpu?[0]), CgroupFiles.Parse(cpu is [_, var second] ? second : null));
        return (_files.Number("memory.max"), quota > 0 && period > 0 ? (double)quota / period : null);
    }

    public CgroupUsage ReadUsage()
    {
        var memory = _files.Number("memory.current") ?? 0;
        var droppable = _files.Number("memory.stat", "inactive_file") ?? 0;
        return new CgroupUsage(
            Math.Max(0, memory - droppable),
            TimeSpan.FromMicroseconds(_files.Number("cpu.stat", "usage_usec") ?? 0),
            _files.Number("cpu.stat", "nr_periods") ?? 0,
            _files.Number("cpu.stat", "nr_throttled") ?? 0);
    }
}
