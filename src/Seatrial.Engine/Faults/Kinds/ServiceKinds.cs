using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What can happen to the services around the workers.</summary>
internal static class ServiceKinds
{
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Down("prefect-down", "The Prefect server is killed and stays down for a time.", one => one.WithoutPrefect()),
        Down("balancer-down", "The balancer is killed and stays down for a time.", one => one.WithoutBalancer()) with
        {
            Aim = FaultAim.Way,
        },
        Down("monitoring-down", "The monitoring is killed and stays down for a time.", one => one.WithoutMonitoring()),
    ];

    private static FaultKind Down(string name, string meaning, Func<FaultSubject, string?> lacks) => new()
    {
        Name = name,
        Meaning = meaning,
        Lane = FaultLane.Service,
        Aim = FaultAim.Surroundings,
        Needs = [FaultNeed.Host],
        Hold = TimeSpan.FromSeconds(5),
        Lacks = lacks,
        Make = (scene, order) => new CrashFault(scene, order),
    };
}
