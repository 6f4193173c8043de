namespace Seatrial.Worker.Processing;

/// <summary>A record that this worker holds.</summary>
/// <typeparam name="TPayload">What the flow reads from the row's JSON.</typeparam>
public sealed record Record<TPayload>
{
    /// <summary>In its queue's table; unique.</summary>
    public required long Id { get; init; }

    /// <summary>The name of the thing that moves through the queues.</summary>
    public required string Key { get; init; }

    public required TPayload Payload { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Grows with each claim. For calls to the outside <see cref="Id"/> names the effect, the same in each attempt; a
    /// receiver that keeps the highest fence of an id can refuse who has lost the record.
    /// </summary>
    public required long Fence { get; init; }
}
