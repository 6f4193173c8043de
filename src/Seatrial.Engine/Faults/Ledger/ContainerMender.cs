using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Faults.Networks;

namespace Seatrial.Engine.Faults.Ledger;

/// <summary>Looks at a container before it is broken, and makes it so again, whatever was done to it.</summary>
internal static class ContainerMender
{
    private const string Clock = "FAKETIME_TIMESTAMP_FILE";

    private static readonly (string Controller, string[] Files)[] _files =
    [
        ("cpu", ["cpu.cfs_period_us", "cpu.cfs_quota_us", "cpu.max"]),
        ("memory", ["memory.memsw.limit_in_bytes", "memory.limit_in_bytes", "memory.max"]),
        ("pids", ["pids.max"]),
        ("blkio", ["blkio.throttle.write_iops_device", "io.max"]),
    ];

    /// <summary>As it is now.</summary>
    public static BrokenContainer Look(FaultScene scene, RunningContainer container, ContainerHost? host)
    {
        var planned = scene.Environment.Plan.Containers.FirstOrDefault(
            one => one.Service == container.Service && one.Number == container.Number);
        return new BrokenContainer
        {
            Owner = RunOwner.Current.ToString(),
            Id = container.Id,
            Name = container.Name,
            Groups = host is null ? new Dictionary<string, string>() : Groups(host),
            Files = host?.Variable(Clock) is { Length: > 0 } clock
                ? new Dictionary<string, string?>
                {
                    [clock] = File.Exists(host.PathOf(clock)) ? File.ReadAllText(host.PathOf(clock)) : null,
                }
                : [],
            Networks = planned?.Request.Networks ?? new Dictionary<string, IReadOnlyList<string>>(),
        };
    }

    public static async Task MendAsync(
        IContainerDriver driver, BrokenContainer entry, ContainerState state, CancellationToken cancellationToken)
    {
        if (state.Paused && driver.Containers is ICanPause freezer)
        {
            await freezer.UnpauseAsync(state.Id, cancellationToken);
        }

        WriteGroups(entry);
        if (ContainerHost.Of(state) is { } host)
        {
            await MendAsync(host, entry, cancellationToken);
            if (HostProcesses.StateOf(host.ProcessId) is 'T' && driver.Containers is ICanKill signals)
            {
                await signals.KillAsync(state.Id, "SIGCONT", cancellationToken);
            }
        }

        await AttachAsync(driver, entry, state, cancellationToken);
        if (!state.Running)
        {
            await driver.Containers.StartAsync(state.Id, cancellationToken);
        }
    }

    private static async Task AttachAsync(
        IContainerDriver driver, BrokenContainer entry, ContainerState state, CancellationToken cancellationToken)
    {
        foreach (var (network, aliases) in entry.Networks)
        {
            // What does not run has no address, and is on its networks all the same.
            if (state.Running && !state.Addresses.ContainsKey(network) && driver.Networks is ICanAttach cables)
            {
                await cables.AttachAsync(
                    new NetworkMembership
                    {
                        ContainerId = state.Id,
                        Network = network,
                        Address = "",
                        Aliases = aliases,
                    },
                    cancellationToken);
            }
        }
    }

    private static async Task MendAsync(
        ContainerHost host, BrokenContainer entry, CancellationToken cancellationToken)
    {
        await RuleChain.RemoveAllAsync(host, cancellationToken);
        await HostScript.TryAsync(
            $"for device in $(tc qdisc show | sed -n 's/^qdisc tbf {SlowLinkFault.Handle} dev \\([^ ]*\\).*/\\1/p'); do "
            + "tc qdisc del dev $device root; done",
            host, cancellationToken);
        foreach (var mount in host.Mounts().Where(mount => mount.IsLimited))
        {
            var folder = host.PathOf(mount.Path);
            foreach (var filler in Directory.Exists(folder) ? Directory.GetFiles(folder, ".seatrial-filler-*") : [])
            {
                File.Delete(filler);
            }
        }

        foreach (var (path, text) in entry.Files)
        {
            if (text is null)
            {
                File.Delete(host.PathOf(path));
            }
            else
            {
                await host.ReplaceTextAsync(path, text, cancellationToken);
            }
        }
    }

    private static Dictionary<string, string> Groups(ContainerHost host) => _files
        .Select(one => (Group: host.Group(one.Controller), one.Files))
        .SelectMany(one => one.Files.Select(one.Group.PathOf))
        .Where(File.Exists)
        .ToDictionary(path => path, path => File.ReadAllText(path).Trim());

    private static void WriteGroups(BrokenContainer entry)
    {
        foreach (var (path, before) in entry.Groups.Where(one => File.Exists(one.Key)))
        {
            var group = new ControlGroup(Path.GetDirectoryName(path) ?? "/", IsUnified: false);
            var file = Path.GetFileName(path);
            var now = group.Read(file);
            if (now == before)
            {
                continue;
            }

            if (file is not ("blkio.throttle.write_iops_device" or "io.max"))
            {
                group.Write(file, before);
                continue;
            }

            // Written line by line: a device that is not mentioned keeps what it has.
            foreach (var line in now.Split('\n').Except(before.Split('\n')).Where(line => line.Length > 0))
            {
                var device = line.Split(' ')[0];
                group.Write(file, before.Split('\n').FirstOrDefault(
                    other => other.StartsWith(device + " ", StringComparison.Ordinal))
                    ?? $"{device} {(file is "io.max" ? "wiops=max" : "0")}");
            }
        }
    }
}
