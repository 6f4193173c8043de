using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults;

/// <summary>What this machine, its engine and the driver have of what faults need: probed, not assumed.</summary>
public sealed class FaultAbilities
{
    private readonly Dictionary<FaultNeed, string?> _missing;

    private FaultAbilities(Dictionary<FaultNeed, string?> missing) => _missing = missing;

    /// <summary>Tries everything once, in namespaces of its own that go with the trying; nothing is left.</summary>
    public static async Task<FaultAbilities> ProbeAsync(
        IContainerDriver driver, CancellationToken cancellationToken)
    {
        var host = await HostAsync(driver, cancellationToken);
        var tried = await Task.WhenAll(
            TryAsync(FaultNeed.Iptables, "iptables -w 5 -A INPUT -j DROP && iptables-save", cancellationToken),
            TryAsync(FaultNeed.Statistic,
                "iptables -w 5 -A INPUT -m statistic --mode random --probability 0.3 -j DROP", cancellationToken),
            TryAsync(FaultNeed.Redirect,
                "iptables -w 5 -t nat -A OUTPUT -p tcp -d 192.0.2.1 -j DNAT --to-destination 192.0.2.2:1",
                cancellationToken),
            TryAsync(FaultNeed.SocketKill, "ss -tnHK dst 192.0.2.1", cancellationToken),
            TryAsync(FaultNeed.TokenBucket,
                "tc qdisc add dev lo root tbf rate 1mbit burst 4kb latency 1s", cancellationToken),
            TryAsync(FaultNeed.Nsenter, "nsenter --net=/proc/$$/ns/net true", cancellationToken));
        var containers = driver.Containers;
        return new FaultAbilities(new Dictionary<FaultNeed, string?>(tried)
        {
            [FaultNeed.Host] = host,
            [FaultNeed.Cgroups] = Groups("cpu", "cgroup.procs"),
            [FaultNeed.IoThrottle] = Groups("blkio", "blkio.throttle.io_serviced"),
            [FaultNeed.Pause] = containers is ICanPause ? null : "this driver can't freeze a container",
            [FaultNeed.Kill] = containers is ICanKill ? null : "this driver can't send signals",
            [FaultNeed.Stop] = containers is ICanStop ? null : "this driver can't stop a container",
            [FaultNeed.Execute] = containers is ICanExecute ? null : "this driver can't run a command in a container",
            [FaultNeed.Attach] = driver.Networks is ICanAttach
                ? null : "this driver can't take a container off a network",
        });
    }

    /// <summary>Why the machine can't have a kind of fault; null when it can.</summary>
    public string? Missing(FaultKind kind) =>
        kind.Needs.Select(need => _missing[need]).FirstOrDefault(reason => reason is not null);

    /// <summary>Why a system on this machine can't have it; null when it can.</summary>
    public string? Missing(FaultKind kind, FaultSubject subject) => Missing(kind) ?? kind.Lacks(subject);

    private static async Task<string?> HostAsync(IContainerDriver driver, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this host is no Linux, so containers' processes are not to be seen here";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "this program is not root, and may not touch containers' processes";
        }

        // Without a container that runs there is no proof; an engine's process is the next best.
        return (await driver.Engine.DescribeAsync(cancellationToken)).SharesHost
            || Directory.EnumerateFiles("/proc", "comm", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 1,
                IgnoreInaccessible = true,
            }).Any(IsEngine)
            ? null : "the engine runs on another host";
    }

    private static bool IsEngine(string comm)
    {
        try
        {
            return File.ReadAllText(comm).Trim() is "dockerd";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<KeyValuePair<FaultNeed, string?>> TryAsync(
        FaultNeed need, string script, CancellationToken cancellationToken)
    {
        try
        {
            var (succeeded, lines) = await HostScript.TryAsync(
                $"unshare --net bash -ec '{script}'", network: null, cancellationToken);
            return new(need, succeeded ? null
                : $"{script.Split(' ')[0]}: {(lines.Count > 0 ? lines[^1].Trim() : "it failed")}");
        }
        catch (SeatrialException missing)
        {
            return new(need, missing.Problems[0].What.TrimEnd('.'));
        }
    }

    private static string? Groups(string controller, string file)
    {
        const string Root = "/sys/fs/cgroup";
        return File.Exists($"{Root}/cgroup.controllers")
            || File.Exists($"{Root}/{controller}/{file}")
            ? null : $"no control groups for {controller} are mounted at {Root}";
    }
}
