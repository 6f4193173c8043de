namespace Seatrial.Wire;

/// <summary>Why a dependency can't be used, told apart because each is mended elsewhere.</summary>
public static class DependencyCauses
{
    /// <summary>The name does not resolve.</summary>
    public const string Name = "name";

    /// <summary>The host answers, and nothing listens on the port.</summary>
    public const string Refused = "refused";

    /// <summary>There is no way to the host.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>No answer in time.</summary>
    public const string Timeout = "timeout";

    public const string Tls = "tls";

    /// <summary>User or password.</summary>
    public const string Authentication = "authentication";

    public const string DatabaseMissing = "database_missing";

    public const string Permission = "permission";

    /// <summary>It starts, recovers or stops, and takes no connections yet.</summary>
    public const string StartingUp = "starting_up";

    public const string OutOfConnections = "out_of_connections";

    /// <summary>The connection broke while it was used.</summary>
    public const string Broken = "broken";

    /// <summary>It answers, and not well: a health query that fails, a status of 500.</summary>
    public const string Unhealthy = "unhealthy";
}
