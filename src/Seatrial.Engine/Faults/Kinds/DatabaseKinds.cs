using Seatrial.Engine.Faults.Databases;
using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What can happen to the database.</summary>
internal static class DatabaseKinds
{
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new()
        {
            Name = "kill-postmaster",
            Meaning = "SIGKILL to the database's first process, which is then started again.",
            Lane = FaultLane.Database,
            Aim = FaultAim.Database,
            Needs = [FaultNeed.Host],
            Make = (scene, order) => new CrashFault(scene, order),
        },
        new()
        {
            Name = "database-down",
            Meaning = "The database is killed and stays down for a time.",
            Lane = FaultLane.Database,
            Aim = FaultAim.Database,
            Needs = [FaultNeed.Host],
            Hold = _usual,
            Make = (scene, order) => new CrashFault(scene, order),
        },
        new()
        {
            Name = "kill-backend",
            Meaning = "SIGKILL to one backend that serves it: the server ends all sessions and recovers.",
            Lane = FaultLane.Database,
            Needs = [FaultNeed.Host],
            Make = (scene, order) => new BackendFault(scene, order),
        },
        new()
        {
            Name = "terminate-sessions",
            Meaning = "Its sessions with the database are terminated, as an administrator does it.",
            Lane = FaultLane.Database,
            Make = (scene, order) => new SessionsFault(scene, order),
        },
        Held("exhaust-connections", "The database takes no more sessions.",
            (scene, order) => new ConnectionsFault(scene, order)),
        Held("lock-table", "The records' table is locked against everybody.", HeldSessions.Lock),
        Held("long-snapshot", "A transaction stays open, and with it every dead row.", HeldSessions.Snapshot),
    ];

    private static FaultKind Held(string name, string meaning, Func<FaultScene, FaultOrder, IFault> make) => new()
    {
        Name = name,
        Meaning = meaning,
        Lane = FaultLane.Database,
        Aim = FaultAim.Database,
        Hold = _usual,
        Make = make,
    };
}
