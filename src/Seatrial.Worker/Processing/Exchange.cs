namespace Seatrial.Worker.Processing;

/// <summary>What a transaction brought: the ids of the records that ended, and the batch that was taken next.</summary>
internal sealed record Exchange(IReadOnlySet<long> Ended, LeasedBatch? Next);
