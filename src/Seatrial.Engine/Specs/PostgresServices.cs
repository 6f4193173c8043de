using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Specs;

/// <summary>The PostgreSQL among a system's services, as the Compose file shows it.</summary>
public static class PostgresServices
{
    /// <summary>
    /// The first service with a PostgreSQL image or the variables of one, with what those say; null without one.
    /// </summary>
    public static DatabaseSpec? Find(ComposeProject project) =>
        project.Services.Values.FirstOrDefault(IsPostgres) is { } service ? Of(service) : null;

    /// <summary>What a service's variables say.</summary>
    internal static DatabaseSpec Of(ComposeService service)
    {
        var user = service.Environment.GetValueOrDefault("POSTGRES_USER", "postgres");
        return new DatabaseSpec
        {
            Service = service.Name,
            User = user,
            Password = service.Environment.GetValueOrDefault("POSTGRES_PASSWORD"),
            Name = service.Environment.GetValueOrDefault("POSTGRES_DB", user),
        };
    }

    private static bool IsPostgres(ComposeService service) =>
        service.Image?.Contains("postg", StringComparison.OrdinalIgnoreCase) is true
        || service.Environment.ContainsKey("POSTGRES_PASSWORD");
}
