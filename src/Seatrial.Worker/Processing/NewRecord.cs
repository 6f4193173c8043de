namespace Seatrial.Worker.Processing;

/// <summary>A record to be put into a queue.</summary>
/// <typeparam name="TPayload">What becomes the row's JSON.</typeparam>
/// <param name="Key">The name of the thing that moves through the queues.</param>
/// <param name="Payload">What the flow reads.</param>
public sealed record NewRecord<TPayload>(string Key, TPayload Payload)
{
    /// <summary>From 0, the most urgent, to 3.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>How long it waits before it is due, on the database's clock.</summary>
    public TimeSpan Delay { get; init; }
}
