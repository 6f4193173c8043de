using System.Text.Json.Serialization;

namespace Seatrial.Engine.Workloads;

/// <summary>What a system's HTTP entrance answered to a load.</summary>
public sealed record EntranceAnswers
{
    /// <summary>Service and port.</summary>
    public required string Entrance { get; init; }

    /// <summary>Records that it took in.</summary>
    public long Taken { get; init; }

    /// <summary>Answers of "later" (429) under backpressure; the request was sent again.</summary>
    public long Later { get; init; }

    /// <summary>Answers of "unavailable" (503), from workers that start or have no database, or from a balancer that
    /// has no worker; the request was sent again.</summary>
    public long Unavailable { get; init; }

    /// <summary>Requests without an answer, or with one of a failure in between (5xx); they were sent again.</summary>
    public long Unanswered { get; init; }

    /// <summary>How often a request was sent again.</summary>
    [JsonIgnore]
    public long Again => Later + Unavailable + Unanswered;

    /// <summary>Records that it did not take in however long it was asked.</summary>
    public long Refused { get; init; }

    /// <summary>Records that may be in or not: no answer came however often they were sent.</summary>
    public long Unknown { get; init; }

    /// <summary>What it said last to those that were refused; null where none was.</summary>
    public string? Reason { get; init; }
}
