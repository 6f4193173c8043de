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
    /// Grows with each claim; with <see cref="Id"/> it is an idempotency key for calls to the outside.
    /// </summary>
    public required long Fence { get; init; }
}
