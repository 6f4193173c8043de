namespace Seatrial.Engine.Specs;

/// <summary>The integration suite of this system: records from HTTP to their published results.</summary>
public sealed record IntegrationSpec
{
    /// <summary>Of the Compose file, beside those that are on: who surrounds the flows.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>How many records go in, unless the command line says.</summary>
    public int Records { get; init; } = 60;

    /// <summary>Answers <c>POST /records</c>, <c>GET /records/KEY</c> and <c>GET /results</c>.</summary>
    public required ServiceEndpoint Entrance { get; init; }

    /// <summary>The column of the published rows that counts records.</summary>
    public required string CountedIn { get; init; }

    /// <summary>A payload, as JSON, that the first flow rejects; null where there is none.</summary>
    public string? Rejected { get; init; }

    /// <summary>Answers Prometheus's queries; null without one.</summary>
    public ServiceEndpoint? Prometheus { get; init; }

    /// <summary>Shows at <c>GET /alerts</c> what Alertmanager sent; null without one.</summary>
    public ServiceEndpoint? Receiver { get; init; }

    /// <summary>The alert that the rejected record has to bring.</summary>
    public string? Alert { get; init; }

    /// <summary>Prefect's API; asked where the service runs. Null without one.</summary>
    public ServiceEndpoint? Prefect { get; init; }
}
