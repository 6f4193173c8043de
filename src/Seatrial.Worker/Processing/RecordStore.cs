namespace Seatrial.Worker.Processing;

/// <summary>Where records of a queue lie.</summary>
internal enum RecordStore
{
    /// <summary>Each by itself, with a lease of its own.</summary>
    Rows,

    /// <summary>Together with those that came with it, under one lease.</summary>
    Chunks,
}
