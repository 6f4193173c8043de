namespace Seatrial.Engine.Compose;

/// <summary>A service's place on a network, beside its aliases.</summary>
public sealed record ComposeEndpoint
{
    public string? Ipv4Address { get; init; }

    public string? Ipv6Address { get; init; }

    public IReadOnlyList<string> LinkLocalIps { get; init; } = [];

    /// <summary>Networks are joined from the highest on.</summary>
    public int Priority { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
}
