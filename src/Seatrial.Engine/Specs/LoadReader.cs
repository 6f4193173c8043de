using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Workloads;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>suites.performance.load</c>: phases of an open load.</summary>
internal static class LoadReader
{
    private const double MostRate = 1_000_000;

    /// <summary>The keys that say how the rate goes, with what belongs there.</summary>
    private static readonly Dictionary<string, string> _shapes = new()
    {
        ["constant"] = "constant: RATE",
        ["ramp"] = "ramp: [FROM, TO]",
        ["steps"] = "steps: [RATE, RATE, …]",
        ["spike"] = "spike: [USUAL, HIGH]",
        ["sine"] = "sine: [LEAST, MOST] with every: DURATION",
        ["replay"] = "replay: FILE of seconds, one a line",
    };

    /// <summary>Every key of a phase.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["phase", "for", "every", .. _shapes.Keys];

    public static IReadOnlyList<LoadPhase> Read(Field field, ReadingContext context)
    {
        var phases = new List<LoadPhase>();
        foreach (var item in field.Items())
        {
            if (Phase(item, context) is not { } phase)
            {
                continue;
            }

            if (phase.Name == PerformanceSpec.WarmUpPhase || phases.Any(other => other.Name == phase.Name))
            {
                item["phase"].Error(
                    $"is {phase.Name}, which is the name of another phase.", "Give each phase a name of its own.");
            }

            phases.Add(phase);
        }

        return phases;
    }

    private static LoadPhase? Phase(Field item, ReadingContext context)
    {
        item.WrongKindUnlessMap();
        var said = _shapes.Keys.Where(name => item[name].Given).ToList();
        if (said is not [var kind])
        {
            item.Error(
                said.Count == 0 ? "says no rate." : $"says {string.Join(" and ", said)}.",
                $"Write one of: {string.Join("; ", _shapes.Values)}.");
            return null;
        }

        var name = item["phase"].Word() ?? (kind is "constant" ? "steady" : kind);
        if (kind is "replay")
        {
            return Replay(item, name, context);
        }

        var lasts = item["for"].Duration();
        if (lasts is null || lasts <= TimeSpan.Zero)
        {
            item["for"].Error("is missing, or no time at all.", "Write how long the phase lasts: for: 20s.");
            return null;
        }

        return Shape(kind, item[kind], item) is { } shape ? new LoadPhase(name, shape, lasts.Value) : null;
    }

    private static LoadShape? Shape(string kind, Field field, Field item)
    {
        var rates = (field.IsList ? field.Items() : [field])
            .Select(one => one.Amount()).OfType<double>().ToList();
        var wanted = kind switch { "constant" => 1, "steps" => rates.Count, _ => 2 };
        if (rates.Count != wanted || rates.Count == 0 || rates.Any(rate => rate is < 0 or > MostRate) || rates.Max() <= 0)
        {
            field.Error("is no rate of records a second.", $"Write {_shapes[kind]}, each from 0 to 1,000,000.");
            return null;
        }

        return kind switch
        {
            "constant" => new LoadShape.Constant(rates[0]),
            "ramp" => new LoadShape.Ramp(rates[0], rates[1]),
            "steps" => new LoadShape.Steps(rates),
            "spike" => new LoadShape.Spike(rates[0], rates[1]),
            _ => Sine(rates, item["every"]),
        };
    }

    private static LoadShape.Sine? Sine(List<double> rates, Field every)
    {
        if (every.Duration() is { } period && period > TimeSpan.Zero)
        {
            return new LoadShape.Sine(rates.Min(), rates.Max(), period.TotalSeconds);
        }

        every.Error("is missing, or no time at all.", "Write how long one turn up and down takes: every: 10s.");
        return null;
    }

    private static LoadPhase? Replay(Field item, string name, ReadingContext context)
    {
        var field = item["replay"];
        if (context.PathOf(field) is not { } path)
        {
            return null;
        }

        try
        {
            var times = File.ReadLines(path)
                .Where(line => line.Length > 0)
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
                .ToList();
            if (times.Count > 0 && times[0] >= 0 && times.Zip(times.Skip(1)).All(pair => pair.First <= pair.Second))
            {
                // The last one is in the phase, too.
                return new LoadPhase(
                    name, new LoadShape.Replay(times), TimeSpan.FromSeconds(times[^1]) + TimeSpan.FromMilliseconds(1));
            }

            field.Error(
                $"names {YamlWords.Shorten(path)}, whose times are none or go backwards.",
                "Write the seconds since the first record, one a line, rising.");
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or FormatException)
        {
            field.Error(
                $"names {YamlWords.Shorten(path)}, which can't be read.", "Mend the path or the file.", reason.Message);
        }

        return null;
    }
}
