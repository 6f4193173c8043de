using System.Diagnostics;
using System.Globalization;

namespace Seatrial.Engine.Environments;

/// <summary>
/// A process, named so that it can't be mistaken for another one that got its id later: by host, boot, id and start
/// time.
/// </summary>
/// <param name="Host">The host's name.</param>
/// <param name="Boot">The kernel's id of this boot, and the process namespace; empty where there are none.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="StartedAt">In ticks since boot on Linux, of the clock elsewhere.</param>
public sealed record RunOwner(string Host, string Boot, int ProcessId, long StartedAt)
{
    private const int StartTimeField = 22;

    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this host.</summary>
    public static RunOwner Of(int processId) =>
        new(Environment.MachineName, BootId(), processId, StartTimeOf(processId) ?? 0);

    /// <summary>Null when it is not the text of an owner.</summary>
    public static RunOwner? Parse(string? text) =>
        text?.Split('|') is [var host, var boot, var process, var started]
        && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(started, CultureInfo.InvariantCulture, out var at)
            ? new RunOwner(host, boot, id, at)
            : null;

    /// <summary>Whether both live under one kernel, so that one can see whether the other is alive.</summary>
    public bool SharesHost(RunOwner other) => Host == other.Host && Boot == other.Boot;

    /// <summary>Whether this process runs; only to be asked where <see cref="SharesHost"/> holds.</summary>
    public bool IsAlive() => StartTimeOf(ProcessId) == StartedAt;

    /// <summary>A label's value.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Host}|{Boot}|{ProcessId}|{StartedAt}");

    /// <summary>With the process namespace: a process of another one on the same kernel can't be seen either.</summary>
    private static string BootId()
    {
        const string Id = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Id) ? $"{File.ReadAllText(Id).Trim()}/{new FileInfo("/proc/self/ns/pid").LinkTarget}" : "";
    }

    private static long? StartTimeOf(int processId)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetProcessById(processId);
                return process.StartTime.ToUniversalTime().Ticks;
            }

            // The second field is the program's name in brackets, and may hold anything, brackets and spaces too.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(
                fields[StartTimeField - 3], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
