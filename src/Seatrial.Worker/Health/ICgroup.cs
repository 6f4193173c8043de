namespace Seatrial.Worker.Health;

/// <summary>The kernel's account of a container; the two versions of it lie in different files.</summary>
internal interface ICgroup
{
    /// <summary><c>cgroup v1</c>, <c>cgroup v2</c> or <c>none</c>.</summary>
    string Source { get; }

    /// <summary>Null parts are not limited.</summary>
    (long? Memory, double? Cpus) ReadLimits();

    CgroupUsage ReadUsage();
}
