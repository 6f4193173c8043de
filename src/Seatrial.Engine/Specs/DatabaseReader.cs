using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>database</c>: where the judge reads.</summary>
internal static class DatabaseReader
{
    public static DatabaseSpec Read(Field field, ComposeProject project)
    {
        var defaults = new DatabaseSpec();
        field.WrongKindUnlessMap();

        var service = field["service"].Word() ?? defaults.Service;
        ServiceNames.Check(service, field["service"], project);
        return new DatabaseSpec
        {
            Service = service,
            Port = field["port"].Whole(1, 65535) ?? defaults.Port,
            Name = field["name"].Word() ?? defaults.Name,
            User = field["user"].Word() ?? defaults.User,
            Password = field["password"].Scalar(),
        };
    }
}
