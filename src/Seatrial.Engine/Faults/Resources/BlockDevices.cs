using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Resources;

/// <summary>The block devices under a container's files.</summary>
internal static class BlockDevices
{
    /// <summary>As <c>major:minor</c> of whole disks, which is what can be throttled.</summary>
    /// <exception cref="FaultNotSeenException">There are none.</exception>
    public static IReadOnlyList<string> Of(ContainerHost host)
    {
        // Its own layer has no device, but the files that the engine mounts lie beside it.
        var devices = host.Mounts()
            .Select(mount => mount.Device)
            .Where(device => !device.StartsWith("0:", StringComparison.Ordinal))
            .Select(Disk)
            .OfType<string>()
            .Distinct()
            .ToList();
        return devices.Count > 0 ? devices : throw new FaultNotSeenException("No file of it lies on a block device.");
    }

    private static string? Disk(string device)
    {
        var folder = $"/sys/dev/block/{device}";
        var disk = File.Exists($"{folder}/partition") ? $"{folder}/../dev" : $"{folder}/dev";
        return File.Exists(disk) ? File.ReadAllText(disk).Trim() : null;
    }
}
