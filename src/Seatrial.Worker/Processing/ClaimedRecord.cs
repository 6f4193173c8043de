namespace Seatrial.Worker.Processing;

/// <summary>A row as the claim returned it.</summary>
internal sealed record ClaimedRecord(long Id, string Key, byte[] Payload, long Fence, int Attempt)
{
    /// <summary>W3C's <c>traceparent</c> of what put the record in; null where nobody traced.</summary>
    public string? Trace { get; init; }
}
