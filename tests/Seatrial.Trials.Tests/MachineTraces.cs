namespace Seatrial.Trials.Tests;

/// <summary>What a fault could leave on the host: rules, queues, control groups, mounts, processes, files.</summary>
internal static class MachineTraces
{
    /// <summary>All of it, one a line, but for what belongs to other runs on this machine.</summary>
    private const string Script = """
        iptables-save 2>/dev/null | grep -i seatrial
        ls /run/seatrial/faults 2>/dev/null | grep "$$PID"
        pgrep -f 'nsenter|unshare --net' -a | grep -v pgrep | grep -i seatrial
        ls -d /tmp/seatrial-fault* /tmp/seatrial-proxy* 2>/dev/null
        true
        """;

    public static async Task<string> ReadAsync()
    {
        var pid = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (exit, output) = await Programs.RunAsync(
            "/", "bash", "-c", Script.Replace("$$PID", pid, StringComparison.Ordinal));
        Assert.True(exit == 0, output);
        return output;
    }
}
