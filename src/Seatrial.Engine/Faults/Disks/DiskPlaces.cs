using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Disks;

/// <summary>The folders that disk faults fill.</summary>
internal static class DiskPlaces
{
    /// <summary>Where a server keeps its data.</summary>
    public const string UsualData = "/var/lib/postgresql/data";

    /// <summary>Where a worker keeps its journal.</summary>
    public const string UsualState = "/var/lib/seatrial";

    public static string Data(ContainerHost host) => host.Variable("PGDATA") ?? UsualData;

    public static string Log(ContainerHost host) => host.Resolve(Data(host) + "/pg_wal");

    public static string State(ContainerHost host) =>
        host.Variable(Wire.ContainerVariables.StateFolder) ?? UsualState;
}
