namespace Seatrial.Worker.Processing;

/// <summary>What is to be claimed, and from where on it is looked for.</summary>
internal sealed record ClaimRequest
{
    public required string Queue { get; init; }

    public required RecordStore Store { get; init; }

    /// <summary>Of rows; a chunk is taken whole.</summary>
    public required int Limit { get; init; }

    public required TimeSpan Lease { get; init; }

    /// <summary>By priority for rows, one for chunks.</summary>
    public required Mark[] Since { get; init; }

    /// <summary>Whether it looks at all that is due, not only behind the marks.</summary>
    public required bool FromTheFront { get; init; }
}
