using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What can happen to a container's processes.</summary>
internal static class ProcessKinds
{
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new()
        {
            Name = "kill",
            Meaning = "SIGKILL to a container's process from the host; a new container takes its place.",
            Lane = FaultLane.Process,
            Make = (scene, order) => new KillFault(scene, order),
        },
        new()
        {
            Name = "stop",
            Meaning = "Stopped as an operator does it, with its own signal and time, then started again.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Stop],
            Hold = _usual,
            Make = (scene, order) => new StopFault(scene, order, again: false),
        },
        new()
        {
            Name = "restart",
            Meaning = "Stopped and started at once.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Stop],
            Make = (scene, order) => new StopFault(scene, order, again: true),
        },
        new()
        {
            Name = "pause",
            Meaning = "Every process frozen for a time, then woken.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Pause],
            Hold = _usual,
            Make = (scene, order) => new PauseFault(scene, order),
        },
        new()
        {
            Name = "pause-past-lease",
            Meaning = "Frozen while it holds records, until its lease is over and they were taken from it; then woken.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Pause, FaultNeed.Kill],
            Lacks = subject => subject.WithoutLease(),
            Make = (scene, order) => new PausePastLeaseFault(scene, order),
        },
        new()
        {
            Name = "suspend",
            Meaning = "SIGSTOP to the main process, while the engine goes on to think that it runs.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Host, FaultNeed.Kill],
            Hold = _usual,
            Make = (scene, order) => new SuspendFault(scene, order),
        },
        new()
        {
            Name = "silent-death",
            Meaning = "Cut off, then killed, so that nobody is told: its sessions and locks stay with the database.",
            Lane = FaultLane.Process,
            Needs = [FaultNeed.Host, FaultNeed.Nsenter, FaultNeed.Iptables],
            TakesPeer = true,
            Make = (scene, order) => new SilentDeathFault(scene, order),
        },
    ];
}
