using System.Globalization;

namespace Seatrial.Bench.Workloads;

/// <summary>Processor seconds, as Linux counts them in hundredths.</summary>
/// <param name="Program">Of this process.</param>
/// <param name="Sender">Of the servers' processes that send their log.</param>
/// <param name="All">Of all that runs on the machine.</param>
internal sealed record ProcessorTime(double Program, double Sender, double All)
{
    private const double Tick = 100;

    /// <summary>In a process's figures, counted from the one behind its name; the kernel's time is next.</summary>
    private const int UserTime = 11;

    public static ProcessorTime operator -(ProcessorTime one, ProcessorTime other) =>
        new(one.Program - other.Program, one.Sender - other.Sender, one.All - other.All);

    /// <summary>Up to now; a sender counts while it lives.</summary>
    public static ProcessorTime Now() => new(
        Of("/proc/self/stat"),
        Directory.EnumerateDirectories("/proc").Where(IsSender).Sum(folder => Of($"{folder}/stat")),
        File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where((_, field) => field is 1 or 2 or 3 or 6 or 7)
            .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / Tick);

    /// <summary>Medians.</summary>
    public static string Describe(IReadOnlyList<ProcessorTime> times) =>
        $"{Medians.Describe([.. times.Select(time => time.Program)], "F2")} here, "
        + $"{Medians.Describe([.. times.Select(time => time.Sender)], "F2")} for sending the log, "
        + $"{Medians.Describe([.. times.Select(time => time.All)], "F2")} in all";

    private static bool IsSender(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/cmdline").StartsWith("postgres: walsender", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static double Of(string file)
    {
        try
        {
            // The name may have spaces.
            var fields = File.ReadAllText(file).Split(") ")[^1].Split(' ');
            return fields[UserTime..(UserTime + 2)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))
                / Tick;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
