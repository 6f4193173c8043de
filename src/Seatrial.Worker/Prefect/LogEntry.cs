namespace Seatrial.Worker.Prefect;

/// <summary>A line of the worker's own log within a run.</summary>
/// <param name="Number">From 1 within its run; the line carries it, so that it can be told from another.</param>
/// <param name="Logger">Who logged it.</param>
/// <param name="Level">In Prefect's numbers: 10 debug, 20 information, 30 warning, 40 error, 50 critical.</param>
/// <param name="Message">Without the number.</param>
/// <param name="At">When it was logged.</param>
internal sealed record LogEntry(int Number, string Logger, int Level, string Message, DateTimeOffset At);
