using Seatrial.Engine.Faults.Ledger;

namespace Seatrial.Trials.Tests;

/// <summary>What faults could leave on this host beside containers: rules, entries of the ledger, processes.</summary>
internal static class HostTraces
{
    /// <summary>As text that is the same as long as nothing is left; of this program and a project alone, since others
    /// may try systems on the same machine.</summary>
    public static async Task<string> ReadAsync(string project)
    {
        var (_, rules) = await Programs.RunAsync("/", "iptables-save");
        var ledger = Directory.Exists(FaultLedger.Folder) ? Directory.GetFiles(FaultLedger.Folder) : [];
        var processes = Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _)
                && Text($"{folder}/status").Contains($"\nPPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal))
            .Select(folder => Text($"{folder}/cmdline").Replace('\0', ' '))
            .Where(line => line.Contains("setpriv") || line.Contains("nsenter") || line.Contains("/dev/zero"));
        return string.Join('\n', rules.Split('\n')
            .Where(line => line.Contains("seatrial", StringComparison.OrdinalIgnoreCase))
            .Concat(ledger.Where(file => Text(file).Contains(project, StringComparison.Ordinal)).Order())
            .Concat(processes.Order()));
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
