using System.CommandLine;
using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Text;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>What the commands on kept runs have in common.</summary>
internal static class TrendOptions
{
    public static Option<string[]> Metrics() => new("--metric")
    {
        Description = "Which, by name: throughput, latency.p99, errors, latency.p50{stage:rpa2}. May be repeated.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<bool> Json() => new("--json") { Description = "For machines." };

    public static Option<double?> Least() => new("--least")
    {
        Description = "The change that counts; 5%, if not given.",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (double.TryParse(
                text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
                && percent is > 0 and <= 1000)
            {
                return percent / 100;
            }

            result.AddError($"--least '{text}' is no change in percent above 0, such as 5%.");
            return null;
        },
    };

    /// <summary>The names that were given, or the usual ones.</summary>
    /// <exception cref="SeatrialException">One is no metric's.</exception>
    public static IReadOnlyList<MetricName> Names(string[] given)
    {
        var unknown = given.Where(text => MetricName.Parse(text) is null).ToList();
        return unknown.Count == 0
            ? given.Length == 0 ? MetricName.Usual : [.. given.Distinct().Select(MetricName.Parse).OfType<MetricName>()]
            : throw new SeatrialException(
                ExitCode.Usage,
                [
                    .. unknown.Select(text => new Problem
                    {
                        What = $"There is no metric '{text}'.",
                        Where = "command line: --metric",
                        Fix = Suggestions.DidYouMean(text, MetricName.Usual.Select(name => name.ToString()))
                            + "Write throughput, errors, or latency.pN with N below 100; with {stage:QUEUE} for one queue.",
                    }),
                ],
                null);
    }

    /// <summary>The kept runs of a system, or of all.</summary>
    /// <exception cref="SeatrialException">The system has none, and others do.</exception>
    public static IReadOnlyList<RunEntry> Runs(RunStore store, string? system)
    {
        var all = store.List();
        if (system is null)
        {
            return all;
        }

        // A system may be named by its folder, as everywhere.
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(system));
        IReadOnlyList<RunEntry> runs = [.. all.Where(run => run.System == name)];
        var systems = all.Select(run => run.System).Distinct().ToList();
        return runs.Count > 0 || systems.Count == 0 ? runs : throw new SeatrialException(
            ExitCode.Usage,
            $"No run of {name} is kept.",
            RunStore.Name,
            Suggestions.DidYouMean(name, systems) + $"There are runs of: {string.Join(", ", systems)}.");
    }
}
