using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>healthcheck</c>.</summary>
internal static class HealthcheckReader
{
    private const string None = "NONE";
    private const string Shell = "CMD-SHELL";

    public static ComposeHealthcheck? Read(Field field)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a mapping", "Write test: and its times below it.");
            return null;
        }

        var disabled = field["disable"].Boolean() ?? false;
        var test = Test(field["test"]);
        return new ComposeHealthcheck
        {
            Test = disabled ? [None] : test,
            Interval = Time(field["interval"]),
            Timeout = Time(field["timeout"]),
            StartPeriod = Time(field["start_period"]),
            StartInterval = Time(field["start_interval"]),
            Retries = field["retries"].Whole(0) is > 0 and var retries ? retries : null,
        };
    }

    private static IReadOnlyList<string>? Test(Field field)
    {
        if (!field.IsList)
        {
            return field.Word() is { } text ? [Shell, text] : null;
        }

        var test = field.Texts();
        var isRight = test.Count is 0 || (test[0] is None && test.Count is 1) || (test[0] is "CMD" && test.Count > 1)
            || (test[0] is Shell && test.Count is 2);
        if (!isRight)
        {
            field.Error(
                $"is [{YamlWords.Shorten(string.Join(", ", test))}], which the engine can't run.",
                $"Write [CMD, program, arguments…], [{Shell}, \"line\"] or [{None}].");
        }

        return test.Count is 0 ? null : test;
    }

    // Engines take 0 for "as the image says", and refuse what is shorter than a millisecond.
    private static TimeSpan? Time(Field field)
    {
        var time = field.Duration();
        if (time is { Ticks: > 0 } && time < TimeSpan.FromMilliseconds(1))
        {
            field.Error("is shorter than a millisecond.", "Write 1ms or more.");
        }

        return time is { Ticks: > 0 } ? time : null;
    }
}
