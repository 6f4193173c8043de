namespace Seatrial.Worker.Processing;

/// <summary>
/// A claimed record and how it is to end; <see cref="Typed"/> is the flow's <see cref="Record{TPayload}"/>, if it was
/// read.
/// </summary>
internal sealed record HandledRecord(ClaimedRecord Claimed, object? Typed, Ending Ending);

/// <summary>A batch on its way to the database.</summary>
internal sealed record HandledBatch(LeasedBatch Lease, IReadOnlyList<HandledRecord> Records);
