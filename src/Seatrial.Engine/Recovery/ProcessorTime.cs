using System.Globalization;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Recovery;

/// <summary>The kernel's count of the processor time of one life of a container.</summary>
public sealed class ProcessorTime
{
    private readonly ContainerHost _host;
    private readonly ControlGroup _group;

    private ProcessorTime(ContainerHost host, ControlGroup group) => (_host, _group) = (host, group);

    /// <summary>Null where it does not run, or not on this host.</summary>
    public static async Task<ProcessorTime?> OfAsync(
        IContainerDriver driver, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await driver.Containers.InspectAsync(id, cancellationToken) is { } state
                && ContainerHost.Of(state) is { } host ? new ProcessorTime(host, host.Group("cpuacct")) : null;
        }
        catch (Exception unseen) when (unseen is FaultNotSeenException or IOException)
        {
            return null;
        }
    }

    /// <summary>In seconds, of all of its processes; null once that life is over.</summary>
    public double? Read()
    {
        try
        {
            return !_host.IsAlive ? null
                : _group.IsUnified ? _group.Count("cpu.stat", "usage_usec") / 1e6
                : long.Parse(_group.Read("cpuacct.usage"), CultureInfo.InvariantCulture) / 1e9;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
