namespace Seatrial.Trials.Tests;

/// <summary>What faults could leave on this host beside containers: rules, ledgers, processes.</summary>
internal static class HostTraces
{
    /// <summary>As text that is the same as long as nothing is left.</summary>
    public static async Task<string> ReadAsync()
    {
        var (_, rules) = await Programs.RunAsync("/", "iptables-save");
        var ledger = Directory.Exists("/run/seatrial/faults")
            ? Directory.EnumerateFiles("/run/seatrial/faults").Order().ToArray() : [];
        var processes = Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(CommandOf)
            .Where(line => line.Contains("setpriv") || line.Contains("nsenter") || line.Contains("/dev/zero"));
        return string.Join('\n', rules.Split('\n')
            .Where(line => line.Contains("seatrial", StringComparison.OrdinalIgnoreCase))
            .Concat(ledger)
            .Concat(processes.Order()));
    }

    private static string CommandOf(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
