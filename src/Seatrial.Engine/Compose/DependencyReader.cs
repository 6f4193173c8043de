using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>depends_on</c>: a list of services, or a mapping that says what each must have reached.</summary>
internal static class DependencyReader
{
    private const string Started = "service_started";
    private const string Healthy = "service_healthy";
    private const string Completed = "service_completed_successfully";

    /// <summary>Those that the service names, and those that follow from what it shares with others.</summary>
    public static IReadOnlyList<ComposeDependency> Read(Field service)
    {
        var named = Named(service["depends_on"]);
        var implied = ServiceReferences.Of(service)
            .Select(reference => reference.Service)
            .Distinct()
            .Where(name => named.All(edge => edge.Service != name))
            .Select(name => new ComposeDependency(name, DependencyCondition.Started));
        return [.. named, .. implied];
    }

    private static IReadOnlyList<ComposeDependency> Named(Field field)
    {
        if (!field.Given)
        {
            return [];
        }

        if (!field.IsMap)
        {
            return [.. field.Texts().Distinct().Select(
                name => new ComposeDependency(name, DependencyCondition.Started))];
        }

        return [.. field.Entries().Select(entry => ReadLong(entry.Key, entry.Value))];
    }

    private static ComposeDependency ReadLong(string service, Field field)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a mapping with a condition", $"Write condition: {Started} below it.");
        }
        else if (!field["condition"].Given)
        {
            field.Error("has no condition.", $"Write condition: with {Started}, {Healthy} or {Completed} below it.");
        }

        return new ComposeDependency(
            service, Condition(field["condition"]), Required: field["required"].Boolean() ?? true);
    }

    private static DependencyCondition Condition(Field field) => field.OneOf(Started, Healthy, Completed) switch
    {
        Healthy => DependencyCondition.Healthy,
        Completed => DependencyCondition.CompletedSuccessfully,
        _ => DependencyCondition.Started,
    };
}
