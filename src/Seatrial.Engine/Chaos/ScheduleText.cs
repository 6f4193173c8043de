using System.Globalization;
using System.Text;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Chaos;

/// <summary>A schedule as a file; read again it is the same, and the same schedule is the same file.</summary>
public static class ScheduleText
{
    /// <summary>Under these comments.</summary>
    public static string Of(ChaosSchedule schedule, IEnumerable<string> comments)
    {
        var text = new StringBuilder();
        foreach (var comment in comments)
        {
            text.Append("# ").Append(comment.ReplaceLineEndings(" ")).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"seed: {schedule.Seed}\nrate: {schedule.Rate}\n");
        if (schedule.Replicas.Count > 0)
        {
            var replicas = schedule.Replicas.Select(
                service => string.Create(CultureInfo.InvariantCulture, $"{Word(service.Key)}: {service.Value}"));
            text.Append(CultureInfo.InvariantCulture, $"replicas: {{{string.Join(", ", replicas)}}}\n");
        }

        text.Append("rounds:\n");
        foreach (var round in schedule.Rounds)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - for: {Durations.Format(round.For)}\n");
            text.Append(round.Events.Count is 0 ? "    faults: []\n" : "    faults:\n");
            foreach (var one in round.Events)
            {
                Write(text, one);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ChaosEvent one)
    {
        var fault = one.Fault;
        text.Append(CultureInfo.InvariantCulture, $"      - id: {Word(one.Id)}\n");
        text.Append(CultureInfo.InvariantCulture, $"        {fault.Kind}: {Target(fault.Target)}\n");
        text.Append(CultureInfo.InvariantCulture, $"        at: {Trigger(fault.At)}\n");
        if (fault.For is { } time)
        {
            text.Append(CultureInfo.InvariantCulture, $"        for: {Durations.Format(time)}\n");
        }

        if (fault.By is { } by && one.Kind.By is { } amount)
        {
            text.Append(CultureInfo.InvariantCulture, $"        by: {Amount(by, amount.Unit)}\n");
        }

        if (fault.From is { } from)
        {
            text.Append(CultureInfo.InvariantCulture, $"        from: {Word(from)}\n");
        }
    }

    private static string Target(FaultTarget target) =>
        $"{{{FaultTarget.Keys.Single(key => key.Value == target.Choice).Key}: "
        + $"{Word(target.Choice is TargetChoice.Container ? target.ToString() : target.Of)}}}";

    private static string Trigger(FaultTrigger trigger) => trigger switch
    {
        FaultTrigger.Time time => Durations.Format(time.After),
        FaultTrigger.Part part => string.Create(CultureInfo.InvariantCulture, $"{part.Of * 100}%"),
        FaultTrigger.Sighting one => string.Create(
            CultureInfo.InvariantCulture,
            $"{{{one.What.ToString().ToLowerInvariant()}: {one.Nth}, {(one.By is { } by ? $"by: {Word(by)}" : $"of: {Word(one.Queue)}")}}}"),
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "A trigger that has no form."),
    };

    private static string Amount(double amount, FaultUnit unit) => unit switch
    {
        FaultUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{(decimal)amount * 100:0.######}%"),
        FaultUnit.Time => Durations.Format(TimeSpan.FromSeconds(amount)),
        FaultUnit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{amount:0}b"),
        FaultUnit.Number => string.Create(CultureInfo.InvariantCulture, $"{amount}"),
    };

    /// <summary>Plain where YAML takes it for the text that it is.</summary>
    private static string Word(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && text.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n")
            ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
