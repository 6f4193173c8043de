namespace Seatrial.Worker.Configuration;

/// <summary>Where a flow answers that serves its records over HTTP, and how much it takes at once.</summary>
public sealed record HttpConfig
{
    /// <summary>The port of its own; that of the health endpoints when null.</summary>
    public int? Port { get; init; }

    /// <summary>The most bytes of a request's body.</summary>
    public long MaxBody { get; init; } = 16 << 20;

    /// <summary>The most records of a request.</summary>
    public int MaxRecords { get; init; } = 1000;
}
