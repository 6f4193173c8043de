namespace Seatrial.Worker.Health;

/// <summary>Finds out which version of cgroups the kernel has mounted.</summary>
internal static class Cgroups
{
    public const string Root = "/sys/fs/cgroup";

    /// <summary>Version 2 without any file reads as a container that has no limits and used nothing.</summary>
    public static ICgroup Detect(string root = Root) =>
        Directory.Exists(Path.Combine(root, "memory")) && Directory.Exists(Path.Combine(root, "cpuacct"))
            ? new CgroupV1(root)
            : new CgroupV2(root);
}
