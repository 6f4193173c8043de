using System.Globalization;
using Seatrial.Engine.Images;

namespace Seatrial.Engine.Machines;

/// <summary>Looks at what this machine has of what Seatrial needs; nothing is changed on it.</summary>
public static class HostChecks
{
    private const double Gigabyte = 1024 * 1024 * 1024;
    private const double LeastDisk = 5;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Programs, disk, and what the kernel can do.</summary>
    /// <param name="folder">Where runs are kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<MachineFinding>> LookAsync(
        string folder, CancellationToken cancellationToken)
    {
        var programs = await Task.WhenAll(
            ProgramAsync(".NET SDK", ["dotnet", "--version"], "Flows can't be published into images.",
                "Install the .NET SDK 10.", cancellationToken),
            ProgramAsync("mmdebstrap", ["mmdebstrap", "--version"],
                "Without an image registry, debian:bookworm-slim can't be made.",
                "apt-get install mmdebstrap", cancellationToken),
            ProgramAsync("nsenter", ["nsenter", "--version"], "Networks of containers can't be broken from outside.",
                "apt-get install util-linux", cancellationToken));
        var network = await Task.WhenAll(
            AbilityAsync("netem", ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"],
                "The kernel can't delay packets; latency needs a proxy.", cancellationToken),
            AbilityAsync("tbf", ["tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", "1mbit", "burst", "4kb",
                "latency", "1s"], "The kernel can't bound a network's bandwidth.", cancellationToken),
            AbilityAsync("iptables", ["iptables", "-A", "INPUT", "-j", "DROP"],
                "Packets can't be dropped: no partitions.", cancellationToken),
            AbilityAsync("iptables statistic", ["iptables", "-A", "INPUT", "-m", "statistic", "--mode", "random",
                "--probability", "0.3", "-j", "DROP"], "Packets can't be lost at random.", cancellationToken),
            AbilityAsync("ss --kill", ["ss", "--kill", "dst", "127.0.0.1"],
                "Single connections can't be reset.", cancellationToken));
        return [.. programs, Disk(folder), Groups(), .. network];
    }

    private static MachineFinding Disk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace / Gigabyte;
        return free >= LeastDisk
            ? new MachineFinding("disk", MachineState.Good, Text($"{free:0} GiB free in {folder}"))
            : new MachineFinding("disk", MachineState.Poor, Text($"{free:0.0} GiB free in {folder}"),
                "Images and histories may not fit.",
                "seatrial images prune, seatrial prune, or remove old runs from .seatrial/runs");
    }

    private static MachineFinding Groups()
    {
        const string Unified = "/sys/fs/cgroup/cgroup.controllers";
        const string Old = "/sys/fs/cgroup/memory";
        return File.Exists(Unified) ? new MachineFinding("control groups", MachineState.Good, "version 2")
            : Directory.Exists(Old) ? new MachineFinding("control groups", MachineState.Good, "version 1")
            : new MachineFinding("control groups", MachineState.Missing, "none mounted here",
                "Containers' resources can't be read from here.");
    }

    private static async Task<MachineFinding> ProgramAsync(
        string name, IReadOnlyList<string> command, string cost, string fix, CancellationToken cancellationToken)
    {
        var (succeeded, lines) = await RunAsync(command, cancellationToken);
        return succeeded
            ? new MachineFinding(name, MachineState.Good, lines.Count > 0 ? lines[0] : "there")
            : new MachineFinding(name, MachineState.Missing, "not there", cost, fix);
    }

    // In a network namespace of its own, which goes with the program.
    private static async Task<MachineFinding> AbilityAsync(
        string name, IReadOnlyList<string> command, string cost, CancellationToken cancellationToken)
    {
        var (succeeded, lines) = await RunAsync(["unshare", "--net", .. command], cancellationToken);
        return succeeded
            ? new MachineFinding(name, MachineState.Good, "works")
            : new MachineFinding(
                name, MachineState.Missing, lines.Count > 0 ? lines[^1] : $"{command[0]} is not there", cost);
    }

    private static async Task<(bool Succeeded, IReadOnlyList<string> Lines)> RunAsync(
        IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            var outcome = await new ChildProcess
            {
                Program = command[0],
                Arguments = [.. command.Skip(1)],
                WorkingFolder = "/",
            }.RunAsync(_ => { }, limit.Token);
            return (outcome.ExitCode is 0, outcome.Output);
        }
        catch (SeatrialException)
        {
            return (false, []);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, ["it did not end"]);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
