namespace Seatrial.Engine.Histories;

/// <summary>The mapped columns of a record's row as the log last showed them.</summary>
internal record struct RowState
{
    public required string Record { get; init; }

    public required string Queue { get; init; }

    public Phase Phase { get; init; }

    public string? Owner { get; init; }

    public long? Epoch { get; init; }

    public string? Key { get; init; }

    public long? LeaseUntil { get; init; }
}

/// <summary>What a change meant; several when one change says more, as an insert in a running state does.</summary>
internal readonly record struct Step(EventKind Kind, string? Detail = null);
