using System.Diagnostics;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Faults;

/// <summary>
/// A container's main process, seen from the engine's host. A kill through the engine's API counts as a wanted stop,
/// after which no restart policy acts; a crash is a signal from outside.
/// </summary>
internal static class HostProcesses
{
    /// <summary>Kills with SIGKILL, having made sure that the process is the container's; false when it is not to be
    /// seen here.</summary>
    public static bool Kill(ContainerState container)
    {
        if (!BelongsTo(container.ProcessId, container.Id))
        {
            return false;
        }

        using var process = Process.GetProcessById(container.ProcessId);
        process.Kill();
        return true;
    }

    private static bool BelongsTo(int processId, string containerId)
    {
        try
        {
            return processId > 0
                && File.ReadAllText($"/proc/{processId}/cgroup").Contains(containerId, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
