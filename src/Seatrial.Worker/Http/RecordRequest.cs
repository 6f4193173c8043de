namespace Seatrial.Worker.Http;

/// <summary>A record as a request brings it.</summary>
/// <param name="Name">Under which it may be sent again without a second record.</param>
/// <param name="Key">The record's own.</param>
/// <param name="Payload">JSON, in UTF-8.</param>
/// <param name="Priority">From 0, the most urgent, to 3.</param>
internal sealed record RecordRequest(string Name, string Key, byte[] Payload, short Priority);
