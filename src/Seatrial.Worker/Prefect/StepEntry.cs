namespace Seatrial.Worker.Prefect;

/// <summary>An interval of work within a run.</summary>
/// <param name="Number">From 1 within its run.</param>
/// <param name="StartedAt">To the microsecond, as Prefect keeps it.</param>
/// <param name="EndedAt">Later than the start.</param>
/// <param name="State">One of <see cref="StateTypes"/>.</param>
/// <param name="Counts">Of the interval alone.</param>
internal sealed record StepEntry(
    int Number, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string State, RunCounts Counts);
