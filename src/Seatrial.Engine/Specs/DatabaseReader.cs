using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>
/// <c>database</c>: where the judge reads; what it does not say, the variables of the service's PostgreSQL image do.
/// </summary>
internal static class DatabaseReader
{
    public static DatabaseSpec Read(Field field, ComposeProject project)
    {
        field.WrongKindUnlessMap();
        var named = field["service"].Word();
        var defaults = named is null ? PostgresServices.Find(project) ?? new DatabaseSpec()
            : project.Services.TryGetValue(named, out var declared) ? PostgresServices.Of(declared)
            : new DatabaseSpec();
        var service = named ?? defaults.Service;
        ServiceNames.Check(service, field["service"], project);
        return new DatabaseSpec
        {
            Service = service,
            Port = field["port"].Whole(1, 65535) ?? defaults.Port,
            Name = field["name"].Word() ?? defaults.Name,
            User = field["user"].Word() ?? defaults.User,
            Password = field["password"].Scalar() ?? defaults.Password,
        };
    }
}
