using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// What the judge remembers of a record: all its memory is one of these a record, however long the history is.
/// </summary>
internal struct RecordState
{
    /// <summary>Stands for no epoch and no lease.</summary>
    public const long None = long.MinValue;

    public string Record;
    public string? Key;

    /// <summary>Who claimed it last.</summary>
    public string? Owner;

    /// <summary>The epoch of the last claim.</summary>
    public long ClaimEpoch;

    /// <summary>The highest epoch that its row has shown.</summary>
    public long MaxEpoch;

    public long LeaseUntil;
    public int Generation;
    public int Claims;
    public int Effects;
    public int Completions;
    public byte Stage;
    public Phase Phase;
    public RecordMarks Marks;

    public readonly bool Has(RecordMarks mark) => (Marks & mark) != 0;
}

/// <summary>What is known once and for all of a record.</summary>
[Flags]
internal enum RecordMarks : byte
{
    None = 0,

    /// <summary>The log saw it come.</summary>
    Enqueued = 1,

    /// <summary>The client was told that it is in.</summary>
    Acked = 2,
}
