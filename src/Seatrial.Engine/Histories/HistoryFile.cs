using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>What a history is of: its first line.</summary>
public sealed record HistoryHeader
{
    public const int CurrentVersion = 1;

    /// <summary>Of the format; a reader refuses one that it does not know.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>By which changes became events.</summary>
    public required RecordMapping Mapping { get; init; }

    /// <summary>The server's system identifier and version.</summary>
    public required string Server { get; init; }

    /// <summary>The replication slot.</summary>
    public required string Slot { get; init; }

    /// <summary>Everything that committed after this position is in the history.</summary>
    public required string From { get; init; }
}

/// <summary>How a history ended: its last line.</summary>
public sealed record HistoryEnd
{
    /// <summary>Why something may be missing; empty when nothing is.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    /// <summary>Whether the judge's own mark, written after the last change, came through the log.</summary>
    public required bool MarkSeen { get; init; }

    /// <summary>Up to where the log was read.</summary>
    public required string ReadUpTo { get; init; }

    /// <summary>Changes of queues that are none of the mapping's stages.</summary>
    public required long Ignored { get; init; }

    /// <summary>How often the connection to the log was made anew, without loss.</summary>
    public int Reconnects { get; init; }

    /// <summary>What the tables held at the mark; null when they could not be counted.</summary>
    public TableCounts? Tables { get; init; }
}

/// <summary>The tables' own totals, to be compared with the log's.</summary>
public sealed record TableCounts
{
    /// <summary>Rows by queue and state.</summary>
    public required IReadOnlyList<StateCount> Records { get; init; }

    /// <summary>Effects by queue; the queue is empty where the effect table does not tell queues apart.</summary>
    public required IReadOnlyList<StateCount> Effects { get; init; }

    /// <summary>Whether writers were kept out while counting, so that a difference is a difference.</summary>
    public required bool Exact { get; init; }
}

/// <summary>So many rows of a queue in a state.</summary>
public sealed record StateCount(string Queue, string State, long Count);

/// <summary>Names of the evidence files in a run's folder.</summary>
public static class EvidenceFiles
{
    public const string History = "history.jsonl.gz";

    public const string ClientLog = "client.jsonl.gz";

    public const string Facts = "facts.json";
}
