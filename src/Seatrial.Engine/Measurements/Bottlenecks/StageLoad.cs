namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>What a queue's records did, by second since the load began, and who works on them.</summary>
public sealed record StageLoad(
    string Queue, IReadOnlyList<string> Containers, IReadOnlyList<long> Done, IReadOnlyList<long> Backlog);
