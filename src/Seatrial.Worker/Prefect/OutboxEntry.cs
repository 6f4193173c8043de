namespace Seatrial.Worker.Prefect;

/// <summary>What an entry tells of its run.</summary>
internal enum EntryKind
{
    /// <summary>That there is one.</summary>
    Start,

    /// <summary>An interval of work.</summary>
    Step,

    /// <summary>A line.</summary>
    Log,

    /// <summary>Its final state.</summary>
    End,
}

/// <summary>Something that Prefect is to be told, before it has a number.</summary>
/// <param name="Run">The local run.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Payload">JSON of a <see cref="StepEntry"/> or <see cref="LogEntry"/>; empty for the others, which are
/// told from the run itself.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Level">Of a log line, else 0.</param>
internal sealed record OutboxEntry(Guid Run, EntryKind Kind, string Payload, DateTimeOffset OccurredAt, int Level = 0);
