using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Whom a fault is aimed at: a service, one container of which is meant, or one of the choices.</summary>
internal static class FaultTargetReader
{
    /// <summary>Null when it is nobody, the problem told.</summary>
    public static FaultTarget? Read(Field field, RecordMapping? mapping, ComposeProject project)
    {
        if (!field.IsMap)
        {
            return Named(TargetChoice.OneOf, field, mapping, project);
        }

        var given = FaultTarget.Keys.Where(key => field[key.Key].Given).ToList();
        if (given.Count is not 1)
        {
            field.Error(
                given.Count is 0 ? "names no target." : "names more than one target.",
                $"Write a service, or one of {string.Join(", ", FaultTarget.Keys.Keys)} with its name.");
            return null;
        }

        return Named(given[0].Value, field[given[0].Key], mapping, project);
    }

    private static FaultTarget? Named(
        TargetChoice choice, Field field, RecordMapping? mapping, ComposeProject project)
    {
        if (choice is TargetChoice.Container)
        {
            return Container(field, project);
        }

        var name = choice is TargetChoice.HolderOf ? field.Scalar() : field.Word();
        switch (choice)
        {
            case TargetChoice.OneOf or TargetChoice.MinorityOf or TargetChoice.AllOf when name is not null:
                ServiceNames.Check(name, field, project);
                break;
            case TargetChoice.LastToClaim when name is not null:
                name = QueueNames.Read(field, mapping);
                break;
            default:
                break;
        }

        if (choice is TargetChoice.HolderOf or TargetChoice.LastToClaim && mapping is { Queue.Owner: null })
        {
            field.Error(
                "needs to know who holds a record.", "Write owner: with that column below records.queue.");
        }

        return name is null ? null : new FaultTarget(choice, name);
    }

    private static FaultTarget? Container(Field field, ComposeProject project)
    {
        if (field.Word() is not { } name)
        {
            return null;
        }

        if (ContainerNames.Parse(name, project) is var (service, number))
        {
            return new FaultTarget(TargetChoice.Container, service) { Number = number };
        }

        field.Error(
            $"names {YamlWords.Shorten(name)}, which is no container of a service.",
            $"Write a service and a number, e.g. {project.Services.Keys.FirstOrDefault() ?? "rpa1"}-1.");
        return null;
    }
}
