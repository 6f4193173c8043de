namespace Seatrial.Engine.Compose;

/// <summary>A network as declared; <see cref="Name"/> is set only when the file fixes it.</summary>
public sealed record ComposeNetwork
{
    public string? Name { get; init; }

    public string Driver { get; init; } = "bridge";

    public bool Internal { get; init; }

    public bool External { get; init; }

    public bool EnableIpv6 { get; init; }

    public ComposeIpam? Ipam { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which addresses a network has.</summary>
public sealed record ComposeIpam
{
    public string? Driver { get; init; }

    public IReadOnlyList<ComposeSubnet> Subnets { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>A range of a network's addresses.</summary>
public sealed record ComposeSubnet
{
    public string? Subnet { get; init; }

    public string? IpRange { get; init; }

    public string? Gateway { get; init; }

    public IReadOnlyDictionary<string, string> AuxAddresses { get; init; } = new Dictionary<string, string>();
}
