using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>Reads one life of a container: from its first process's start to its end.</summary>
internal sealed class ContainerMeter
{
    private readonly ContainerHost _host;
    private readonly IGroupMeter _groups;
    private readonly KernelFiles _files;
    private readonly string? _log;

    private ContainerMeter(ContainerHost host, IGroupMeter groups, KernelFiles files, string? log) =>
        (_host, _groups, _files, _log) = (host, groups, files, log);

    /// <summary>Null where it does not run, or not on this host.</summary>
    public static ContainerMeter? Of(ContainerState state, KernelFiles files)
    {
        try
        {
            if (ContainerHost.Of(state) is not { } host)
            {
                return null;
            }

            var group = host.Group("cpuacct");
            IGroupMeter groups = group.IsUnified ? new GroupsV2(group, files) : new GroupsV1(host, files);
            return new ContainerMeter(host, groups, files, state.LogPath);
        }
        catch (Exception unseen) when (unseen is FaultNotSeenException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null once that life is over.</summary>
    /// <param name="at">When.</param>
    /// <param name="isWhole">Whether to count file handles too, which costs more than all else.</param>
    public ResourceSample? Read(DateTimeOffset at, bool isWhole)
    {
        // After a restart the groups bear the same names, and count from 0.
        if (!_host.IsAlive || _groups.Read(at) is not { } sample)
        {
            return null;
        }

        var (received, sent) = KernelFiles.Network(_files.Read($"/proc/{_host.ProcessId}/net/dev"));
        return sample with
        {
            Received = received,
            Sent = sent,
            Files = isWhole ? Handles() : null,
            Log = _log is not null && new FileInfo(_log) is { Exists: true, Length: var length } ? length : null,
        };
    }

    private int? Handles()
    {
        try
        {
            // As fd, but of plain files: each of fd's links would be followed. Processes in groups of their own are not
            // to be seen here.
            return _groups.Processes() is { Count: > 0 } processes
                ? processes.Sum(process => Directory.EnumerateFiles($"/proc/{process}/fdinfo").Count()) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
