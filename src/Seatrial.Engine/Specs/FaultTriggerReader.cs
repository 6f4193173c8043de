using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>
/// When a fault is due: <c>at: 33%</c> of its queue's records, <c>at: 20s</c> into the load, or an event of the log,
/// <c>at: {claim: 3, by: rpa1-2}</c>, <c>at: {done: 500}</c>.
/// </summary>
internal static class FaultTriggerReader
{
    /// <summary>The keys that say what is counted.</summary>
    internal static readonly IReadOnlyDictionary<string, LogCount> Counts = new Dictionary<string, LogCount>
    {
        ["enqueue"] = LogCount.Enqueue,
        ["claim"] = LogCount.Claim,
        ["done"] = LogCount.Done,
        ["lost"] = LogCount.Lost,
        ["dead"] = LogCount.Dead,
    };

    /// <summary>What a trigger may look like.</summary>
    internal static readonly KeyShape Shape = new() { Honoured = KeyShape.Plain([.. Counts.Keys, "by", "of"]) };

    private const string Forms = "Write at: with a part of the queue's records such as 33%, a time into the load such "
        + "as 20s, or an event of the log such as {done: 500} or {claim: 3, by: SERVICE-1}.";

    /// <summary>Null when it can't be told when, the problem told.</summary>
    public static FaultTrigger? Read(Field fault, string queue, RecordMapping? mapping, ComposeProject project)
    {
        var at = fault["at"];
        if (!at.Given || at.IsNull)
        {
            fault.Error("does not say when.", Forms);
            return null;
        }

        if (at.IsMap)
        {
            return Event(at, queue, mapping, project);
        }

        if (at.Scalar() is not { } text)
        {
            return null;
        }

        if (text.EndsWith('%'))
        {
            return at.Share() is { } part ? new FaultTrigger.Part(part) : null;
        }

        if (Text.Durations.Parse(text) is { } after)
        {
            return new FaultTrigger.Time(after);
        }

        at.WrongKind("an instant", Forms);
        return null;
    }

    private static FaultTrigger.Sighting? Event(
        Field at, string queue, RecordMapping? mapping, ComposeProject project)
    {
        var given = Counts.Where(count => at[count.Key].Given).ToList();
        if (given.Count is not 1)
        {
            at.Error(
                given.Count is 0 ? "counts nothing." : "counts several things at once.",
                $"Write one of {string.Join(", ", Counts.Keys)} with a number.");
            return null;
        }

        var (key, what) = given[0];
        if (at["by"].Given && what is LogCount.Enqueue or LogCount.Dead)
        {
            at["by"].Error($"has no meaning for {key}, which no worker does.", "Write of: with a queue.");
            return null;
        }

        var by = By(at["by"], mapping, project);
        var of = QueueNames.Read(at["of"], mapping, queue);
        return at[key].Whole(1) is not { } nth || of is null || (by is null && at["by"].Given)
            ? null
            : new FaultTrigger.Sighting(what, nth, of, by);
    }

    /// <summary>A service, or one of its containers.</summary>
    private static string? By(Field field, RecordMapping? mapping, ComposeProject project)
    {
        if (!field.Given || field.Word() is not { } name)
        {
            return null;
        }

        if (mapping is { Queue.Owner: null })
        {
            field.Error("needs to know who holds a record.", "Write owner: with that column below records.queue.");
            return null;
        }

        if (ContainerNames.Parse(name, project) is null)
        {
            ServiceNames.Check(name, field, project);
        }

        return name;
    }
}
