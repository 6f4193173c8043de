using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>A fault: <c>- kill: rpa1</c> with <c>at: 33%</c> and, where it is not the service's own, the
/// queue.</summary>
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

        var kinds = FaultKinds.All.Where(kind => field[kind].Given).ToList();
        if (kinds.Count is not 1)
        {
            field.Error(
                kinds.Count is 0
                    ? "says nothing that is to happen." : $"asks for {string.Join(" and ", kinds)} at once.",
                $"Write one of {string.Join(", ", FaultKinds.All)}, with the service as its value.");
            return null;
        }

        var target = field[kinds[0]];
        var service = target.Word();
        if (service is not null)
        {
            ServiceNames.Check(service, target, project);
        }

        if (kinds[0] is FaultKinds.PausePastLease && mapping is { Queue.LeaseUntil: null })
        {
            target.Error(
                "needs to know when a lease ends.", "Write lease_until: with that column below records.queue.");
        }

        var queue = QueueNames.Read(
            field["queue"], mapping, otherwise: mapping?.Stages.FirstOrDefault(stage => stage == service));
        return service is null || queue is null || At(field) is not { } at ? null : new FaultSpec
        {
            Kind = kinds[0],
            Service = service,
            Queue = queue,
            At = at,
            Position = field.At,
        };
    }

    private static double? At(Field field)
    {
        if (!field["at"].Given)
        {
            field.Error(
                "does not say when.", "Write at: with the part of the queue's records that is done by then, e.g. 33%.");
        }

        return field["at"].Share();
    }
}
