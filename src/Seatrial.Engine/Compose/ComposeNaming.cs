namespace Seatrial.Engine.Compose;

/// <summary>By which names a container knows others.</summary>
public sealed record ComposeNaming
{
    public string? Domainname { get; init; }

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Lines for /etc/hosts, as <c>name=address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
}
