namespace Seatrial.Worker.Prefect;

/// <summary>How much an outbox may hold.</summary>
/// <param name="Rows">Entries, settled or not.</param>
/// <param name="Age">After which settled runs are forgotten, and log lines and steps that were never sent go.</param>
internal sealed record OutboxLimits(int Rows, TimeSpan Age);
