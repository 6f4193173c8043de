using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>
/// A fault: <c>- kill: rpa1</c> with <c>at: 33%</c> and, where they are not the usual ones, the queue, how long, how
/// strong and from whom. Kinds are those of the catalogue.
/// </summary>
internal static class FaultReader
{
    /// <summary>Null when it can't be told what to do, the problem told.</summary>
    public static FaultSpec? Read(Field field, RecordMapping? mapping, ComposeProject project)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a fault", "Write e.g. {kill: SERVICE, at: 33%}.");
            return null;
        }

        var kinds = FaultCatalogue.Names.Where(kind => field[kind].Given).ToList();
        if (kinds.Count is not 1)
        {
            field.Error(
                kinds.Count is 0
                    ? "says nothing that is to happen." : $"asks for {string.Join(" and ", kinds)} at once.",
                $"Write one of {string.Join(", ", FaultCatalogue.Names)}, with the service as its value.");
            return null;
        }

        var (kind, value) = (FaultCatalogue.Of(kinds[0]), field[kinds[0]]);
        var target = FaultTargetReader.Read(value, mapping, project);
        if (kind.Name is "pause-past-lease" && mapping is { Queue.LeaseUntil: null })
        {
            value.Error(
                "needs to know when a lease ends.", "Write lease_until: with that column below records.queue.");
        }

        var queue = QueueNames.Read(
            field["queue"], mapping, otherwise: mapping?.Stages.FirstOrDefault(stage => stage == target?.Service
                || (target?.Choice is TargetChoice.LastToClaim && stage == target.Of)));
        var at = FaultTriggerReader.Read(field, queue ?? "", mapping, project);
        return target is null || queue is null || at is null ? null : new FaultSpec
        {
            Kind = kind.Name,
            Target = target,
            Queue = queue,
            At = at,
            For = For(field["for"], kind),
            By = By(field["by"], kind),
            From = From(field["from"], kind, project),
            Position = field.At,
        };
    }

    private static TimeSpan? For(Field field, FaultKind kind)
    {
        if (field.Given && kind.Hold is null)
        {
            field.Error($"has no meaning for {kind.Name}, which ends by itself.", "Leave it out.");
            return null;
        }

        return field.Duration();
    }

    private static double? By(Field field, FaultKind kind)
    {
        if (!field.Given)
        {
            return null;
        }

        if (kind.By is null)
        {
            field.Error($"has no meaning for {kind.Name}, which has one strength.", "Leave it out.");
            return null;
        }

        var by = kind.By.Unit switch
        {
            FaultUnit.Share => field.Share(),
            FaultUnit.Time => field.Duration()?.TotalSeconds,
            FaultUnit.Bytes => field.Bytes(),
            FaultUnit.Number => field.Amount(),
        };
        if (by is <= 0)
        {
            field.Error("is nothing.", $"Write {kind.By.Meaning}, e.g. {Text(kind.By)}, or leave the fault out.");
            return null;
        }

        return by;
    }

    private static string? From(Field field, FaultKind kind, ComposeProject project)
    {
        if (!field.Given)
        {
            return null;
        }

        if (!kind.TakesPeer)
        {
            field.Error($"has no meaning for {kind.Name}, which knows no other side.", "Leave it out.");
            return null;
        }

        var service = field.Word();
        if (service is not null)
        {
            ServiceNames.Check(service, field, project);
        }

        return service;
    }

    /// <summary>The usual strength, as it would be written.</summary>
    internal static string Text(FaultAmount by) => by.Unit switch
    {
        FaultUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{by.Usual * 100:0.##}%"),
        FaultUnit.Time => Durations.Format(TimeSpan.FromSeconds(by.Usual)),
        FaultUnit.Bytes when by.Usual % (1024 * 1024) is 0 =>
            string.Create(CultureInfo.InvariantCulture, $"{by.Usual / (1024 * 1024):0}m"),
        FaultUnit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{by.Usual / 1024:0.##}k"),
        FaultUnit.Number => string.Create(CultureInfo.InvariantCulture, $"{by.Usual:0.##}"),
    };
}
