namespace Seatrial.Worker.Processing;

/// <summary>A row as the claim returned it.</summary>
internal sealed record ClaimedRecord(long Id, string Key, byte[] Payload, long Fence, int Attempt);
