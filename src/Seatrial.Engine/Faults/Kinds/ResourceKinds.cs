using Seatrial.Engine.Faults.Clocks;
using Seatrial.Engine.Faults.Disks;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Faults.Resources;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What can happen to a container's clock, processor, memory and disks.</summary>
internal static class ResourceKinds
{
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(5);
    private static readonly FaultNeed[] _groups = [FaultNeed.Host, FaultNeed.Cgroups];

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Clock("clock-forward", "The clock that its programs see jumps forth, then back.", direction: 1),
        Clock("clock-back", "The clock that its programs see jumps back, then forth.", direction: -1),
        Limit("cpu-starved", "It gets a small part of one processor.", Limits.Cpu, Limits.Throttled) with
        {
            By = new FaultAmount(FaultUnit.Share, 0.1, "the part of one processor"),
        },
        Limit("memory-short", "It may use hardly more memory than it does.", Limits.Memory, Limits.Refused) with
        {
            By = new FaultAmount(FaultUnit.Bytes, 8 * Megabyte, "bytes above what it uses"),
        },
        new()
        {
            Name = "out-of-memory",
            Meaning = "Its memory is used up, and the kernel kills it; then it is started again.",
            Lane = FaultLane.Resource,
            Needs = _groups,
            Make = (scene, order) => new OutOfMemoryFault(scene, order),
        },
        Limit("processes-exhausted", "It can start no process and no thread.", Limits.Processes, Limits.NotStarted),
        Limit("io-throttled", "Its writes to disk are few a second.", Limits.WriteOperations, Limits.Written) with
        {
            Needs = [.. _groups, FaultNeed.IoThrottle],
            Aim = FaultAim.Database,
            By = new FaultAmount(FaultUnit.Number, 20, "writes a second"),
        },
        Disk("disk-full-data", "The database's data has no room left.", DiskPlaces.UsualData, DiskPlaces.Data) with
        {
            Aim = FaultAim.Database,
        },
        Disk("disk-full-wal", "The database's write-ahead log has no room left.",
            DiskPlaces.UsualData + "/pg_wal", DiskPlaces.Log) with
        {
            Aim = FaultAim.Database,
        },
        Disk("disk-full-journal", "The worker's journal has no room left.", DiskPlaces.UsualState, DiskPlaces.State),
    ];

    private static FaultKind Clock(string name, string meaning, int direction) => new()
    {
        Name = name,
        Meaning = meaning,
        Lane = FaultLane.Clock,
        Needs = [FaultNeed.Host, FaultNeed.Execute],
        By = new FaultAmount(FaultUnit.Time, 120, "how far"),
        Hold = _usual,
        Lacks = subject => subject.WithoutFakeClock(),
        Make = (scene, order) => new ClockFault(scene, order, direction),
    };

    private static FaultKind Limit(
        string name,
        string meaning,
        Func<ContainerHost, FaultOrder, IReadOnlyList<GroupSetting>> choose,
        Func<ContainerHost, (string Name, long Count)> felt) => new()
        {
            Name = name,
            Meaning = meaning,
            Lane = FaultLane.Resource,
            Needs = _groups,
            Hold = _usual,
            Make = (scene, order) => new LimitFault(scene, order, choose, felt),
        };

    private static FaultKind Disk(
        string name, string meaning, string usual, Func<ContainerHost, string> choose) => new()
        {
            Name = name,
            Meaning = meaning,
            Lane = FaultLane.Disk,
            Needs = [FaultNeed.Host],
            Hold = _usual,
            Lacks = subject => subject.WithoutLimitedVolume(usual),
            Make = (scene, order) => new DiskFullFault(scene, order, choose),
        };
}
