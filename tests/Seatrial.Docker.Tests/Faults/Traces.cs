using System.Diagnostics;
using System.Globalization;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>Whatever a fault could leave behind, read without the code that puts it there.</summary>
internal static class Traces
{
    private static readonly string[] _groupFiles =
    [
        "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us", "memory/memory.limit_in_bytes",
        "memory/memory.memsw.limit_in_bytes", "pids/pids.max", "blkio/blkio.throttle.write_iops_device",
        "freezer/freezer.state",
    ];

    /// <summary>Of every container of a system, and of this host; by name, so that a difference can be read.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(FaultScene scene)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in scene.Environment.Containers)
        {
            await ReadAsync(scene, container, all);
        }

        // Those that a fault starts on the host live in a container's group.
        all["host processes"] = string.Join('\n', Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Where(folder => Read($"{folder}/cgroup") is var groups
                && scene.Environment.Containers.Any(container => groups.Contains(container.Id)))
            .Select(folder => Read($"{folder}/cmdline").Replace('\0', ' '))
            .Where(line => line.Contains("setpriv") || line.Contains("/dev/zero")).Order());
        return all;
    }

    /// <summary>Line by line.</summary>
    public static string Text(SortedDictionary<string, string> traces) =>
        string.Join('\n', traces.Select(trace => $"{trace.Key}: {trace.Value}"));

    /// <summary>What a program of the host writes.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true },
        };
        process.Start();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }

    /// <summary>A program of the host, in a container's network.</summary>
    public static Task<string> InNetworkAsync(int processId, params string[] command) =>
        RunAsync("nsenter", [$"--net=/proc/{processId}/ns/net", "--", .. command]);

    public static async Task<int> ProcessOfAsync(FaultScene scene, RunningContainer container) =>
        (await scene.Driver.Containers.InspectAsync(container.Id, CancellationToken.None))?.ProcessId ?? 0;

    public static string Group(RunningContainer container, string file)
    {
        var parts = file.Split('/');
        return Read($"/sys/fs/cgroup/{parts[0]}/docker/{container.Id}/{parts[1]}").Trim();
    }

    private static async Task ReadAsync(
        FaultScene scene, RunningContainer container, SortedDictionary<string, string> all)
    {
        var name = container.Place;
        var process = await ProcessOfAsync(scene, container);
        var rules = await InNetworkAsync(process, "iptables-save");
        all[$"{name} rules"] = string.Join('\n', rules.Split('\n').Where(line =>
            line.StartsWith("-A", StringComparison.Ordinal)
            || (line.StartsWith(':') && line.Contains(" - ", StringComparison.Ordinal)))
            .Select(line => line.Contains("127.0.0.11") || line.StartsWith(":DOCKER", StringComparison.Ordinal)
                || line.Contains("DOCKER_") ? "" : line)).Trim();
        all[$"{name} queues"] = string.Join('\n', (await InNetworkAsync(process, "tc", "qdisc", "show"))
            .Split('\n').Where(line => line.Contains("tbf")));
        foreach (var file in _groupFiles)
        {
            all[$"{name} {file}"] = Group(container, file);
        }

        all[$"{name} networks"] = string.Join(' ', (await scene.Driver.Containers.InspectAsync(
            container.Id, CancellationToken.None))?.Addresses.Select(one => $"{one.Key}={one.Value}") ?? []);
        all[$"{name} state"] = Read($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/oom_score_adj");
        all[$"{name} fillers"] = string.Join(' ', new[] { "/var/lib/postgresql/data", "/wal", "/var/lib/seatrial" }
            .Select(folder => $"/proc/{process}/root{folder}")
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, ".seatrial*"))
            .Select(Path.GetFileName));
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
