namespace Seatrial.Worker.Prefect;

/// <summary>How far a row is.</summary>
internal enum RowStatus
{
    Waiting,

    /// <summary>Handed over, but not yet seen on the server's side.</summary>
    Sent,

    /// <summary>There. Kept, so that it can be told again to a server that lost it.</summary>
    Done,

    /// <summary>Settled, but the server has another opinion.</summary>
    Conflict,

    /// <summary>The server will never take it.</summary>
    Dead,
}

/// <summary>An entry in the outbox.</summary>
/// <param name="Seq">The order of everything.</param>
/// <param name="Run">The local run.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Payload">See <see cref="OutboxEntry"/>.</param>
/// <param name="Attempts">How often it was sent, counted before it is sent.</param>
internal sealed record OutboxRow(long Seq, Guid Run, EntryKind Kind, string Payload, int Attempts);

/// <summary>A run, and what the server calls it if that is known.</summary>
internal sealed record KnownRun(LocalRun Run, Guid? Remote);

/// <summary>How an outbox is, for health and metrics.</summary>
/// <param name="Depth">Entries that are not settled.</param>
/// <param name="Lag">The age of the oldest of them.</param>
/// <param name="DeadLetters">Entries that the server refused.</param>
/// <param name="Conflicts">Ends of runs on which the server has another opinion.</param>
/// <param name="Dropped">Entries that had to go unsent for want of room or for their age.</param>
internal sealed record OutboxState(long Depth, TimeSpan Lag, long DeadLetters, long Conflicts, long Dropped);
