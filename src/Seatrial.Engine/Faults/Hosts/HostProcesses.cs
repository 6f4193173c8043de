using System.Diagnostics;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Faults.Hosts;

/// <summary>
/// A container's processes, seen from the engine's host. A kill through the engine's API counts as a wanted stop, after
/// which no restart policy acts; a crash is a signal from outside.
/// </summary>
internal static class HostProcesses
{
    /// <summary>Kills with SIGKILL, having made sure that the process is the container's; false when it is not to be
    /// seen here.</summary>
    public static bool Kill(ContainerState container) => Kill(container.ProcessId, container.Id);

    /// <summary>Kills one process of a container with SIGKILL; false when it is none of its.</summary>
    public static bool Kill(int processId, string containerId)
    {
        if (!BelongsTo(processId, containerId))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a process of this host lives in a container.</summary>
    public static bool BelongsTo(int processId, string containerId)
    {
        try
        {
            return processId > 0
                && File.ReadAllText($"/proc/{processId}/cgroup").Contains(containerId, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The letter by which the kernel names a process's state; null when there is none.</summary>
    public static char? StateOf(int processId)
    {
        try
        {
            // The program's name stands in brackets, and may hold anything.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process's id in its own namespace, which is what a program inside calls it.</summary>
    public static int? InnerId(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(text => text.StartsWith("NSpid:", StringComparison.Ordinal));
            return int.TryParse(line?.Split('\t', ' ')[^1], out var inner) ? inner : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
