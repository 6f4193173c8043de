namespace Seatrial.Engine.Drivers;

/// <summary>Taking containers off networks, and putting them back; asked of <see cref="INetworks"/> by
/// type.</summary>
public interface ICanAttach
{
    /// <summary>Takes a container off a network, whether or not it runs; what is needed to put it back is
    /// returned.</summary>
    Task<NetworkMembership> DetachAsync(string containerId, string network, CancellationToken cancellationToken);

    /// <summary>Puts it back as it was, as far as the engine lets it choose its address.</summary>
    Task AttachAsync(NetworkMembership attachment, CancellationToken cancellationToken);
}

/// <summary>How a container was on a network.</summary>
public sealed record NetworkMembership
{
    public required string ContainerId { get; init; }

    public required string Network { get; init; }

    /// <summary>What it had; empty for one that did not run.</summary>
    public required string Address { get; init; }

    /// <summary>An address that it was to have; null where the engine chose.</summary>
    public string? FixedAddress { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> Links { get; init; } = [];

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
}
