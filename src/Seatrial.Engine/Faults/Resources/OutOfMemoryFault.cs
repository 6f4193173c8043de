using System.Globalization;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Resources;

/// <summary>
/// Bounds a container's memory just above what it uses, and takes that from inside its control group, with its own
/// processes marked as those to be killed: the kernel's killer does the rest.
/// </summary>
internal sealed class OutOfMemoryFault(FaultScene scene, FaultOrder order) : IFault
{
    private const long Room = 16 * 1024 * 1024;
    private const int Eaters = 6;
    private const int MostAttempts = 5;

    private ContainerHost? _host;
    private GroupSetting? _setting;
    private Dictionary<int, string> _marks = [];
    private DateTimeOffset _since;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        await scene.WaitUntilHoldingAsync(order.Target, cancellationToken);
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        var group = host.Group("memory");
        (_host, _since) = (host, state.StartedAt);
        _marks = Mark(group);
        var limit = Limits.WorkingSet(group) + Room;
        _setting = GroupSetting.Of(
            group, group.IsUnified ? "memory.max" : "memory.limit_in_bytes",
            limit.ToString(CultureInfo.InvariantCulture));
        _setting.Group.Write(_setting.File, _setting.Value);
        for (var attempt = 1; attempt <= MostAttempts && host.IsAlive; attempt++)
        {
            await EatAsync(group, Room * 2, cancellationToken);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"memory of {order.Target.ShortName} bounded to {limit:N0} bytes and used up");
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var exitCode = await Lives.ExitCodeAsync(scene, order.Target, _since, cancellationToken);
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        return state.OutOfMemory
            ? $"the engine saw {order.Target.ShortName} die of memory with exit code {exitCode}"
            : throw new FaultNotSeenException(
                $"{order.Target.ShortName} ended with exit code {exitCode}, but not out of memory.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_setting is { } setting && Directory.Exists(setting.Group.Folder))
        {
            // It lives, or its control group outlived it, and would be its next life's.
            setting.Group.Write(setting.File, setting.Before);
            foreach (var (process, mark) in _marks)
            {
                Mark(process, mark);
            }
        }

        return _host is null ? "nothing to start" : await Lives.StartAsync(scene, order.Target, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var healthy = await Lives.SeeHealthyAsync(scene, order.Target, cancellationToken);
        return _setting is null || _setting.Group.Read(_setting.File) != _setting.Value
            ? healthy
            : throw new FaultNotSeenException($"{order.Target.ShortName} is still bounded to {_setting.Value} bytes.");
    }

    /// <summary>Small ones, so that none of them looks like the greatest; they die with this program.</summary>
    private static async Task EatAsync(ControlGroup group, long bytes, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(group.Folder))
        {
            return;
        }

        var each = string.Create(CultureInfo.InvariantCulture, $"{bytes / Eaters}");
        try
        {
            await RunAsync(each, group, cancellationToken);
        }
        finally
        {
            Clear(group);
        }
    }

    private static async Task RunAsync(string each, ControlGroup group, CancellationToken cancellationToken) =>
        await HostScript.TryAsync(
            $"exec setpriv --pdeathsig KILL bash -c 'echo $$ > {group.PathOf("cgroup.procs")}; "
            + $"for i in $(seq {Eaters}); do setpriv --pdeathsig KILL bash -c \"head -c {each} /dev/zero | tail | "
            + "{ sleep 0.2; wc -c; }\" & done; wait'",
            network: null, cancellationToken);

    /// <summary>Those of ours whose shell was killed: the engine can't take away a control group with any.</summary>
    private static void Clear(ControlGroup group)
    {
        var ours = new FileInfo("/proc/self/ns/pid").LinkTarget;
        try
        {
            while (group.Processes().Where(process =>
                new FileInfo($"/proc/{process}/ns/pid").LinkTarget == ours).ToList() is { Count: > 0 } left)
            {
                left.ForEach(process => HostProcesses.Kill(process, Path.GetFileName(group.Folder)));
            }
        }
        catch (IOException)
        {
            // The control group is gone, and so nobody is in it.
        }
    }

    private static Dictionary<int, string> Mark(ControlGroup group)
    {
        var before = new Dictionary<int, string>();
        foreach (var process in group.Processes())
        {
            if (Mark(process, "1000") is { } mark)
            {
                before[process] = mark;
            }
        }

        return before;
    }

    /// <summary>Says how readily it is killed; returns what was said before.</summary>
    private static string? Mark(int process, string value)
    {
        try
        {
            var file = $"/proc/{process}/oom_score_adj";
            var before = File.ReadAllText(file).Trim();
            File.WriteAllText(file, value);
            return before;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
