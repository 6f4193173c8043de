namespace Seatrial.Worker.Processing;

/// <summary>What waits in a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Ready">Records that are or will be due, counted up to <see cref="QueueDepths.Most"/> rows.</param>
/// <param name="OldestSeconds">Since the first of them became due; 0 where none is.</param>
internal sealed record QueueDepth(string Queue, long Ready, double OldestSeconds);
