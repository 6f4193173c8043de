using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Json;

/// <summary>Events with instants and log positions in the forms that people paste into other tools.</summary>
internal sealed class HistoryEventConverter : JsonConverter<HistoryEvent>
{
    public override HistoryEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, RunJson.Default.ReportedEvent)?.ToEvent()
            ?? throw new JsonException("An event is an object.");

    public override void Write(Utf8JsonWriter writer, HistoryEvent value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, ReportedEvent.Of(value), RunJson.Default.ReportedEvent);
}

/// <summary>An event as it stands in the file.</summary>
internal sealed record ReportedEvent
{
    public required long Index { get; init; }

    public required string CommitLsn { get; init; }

    public required uint Xid { get; init; }

    public required DateTimeOffset At { get; init; }

    public required EventKind Kind { get; init; }

    public required string Queue { get; init; }

    public required string Record { get; init; }

    public string? Owner { get; init; }

    public long? Epoch { get; init; }

    public string? Key { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public string? Detail { get; init; }

    public static ReportedEvent Of(HistoryEvent happened) => new()
    {
        Index = happened.Index,
        CommitLsn = LogPositions.Format(happened.CommitLsn),
        Xid = happened.Xid,
        At = Instants.FromMicroseconds(happened.At),
        Kind = happened.Kind,
        Queue = happened.Queue,
        Record = happened.Record,
        Owner = happened.Owner,
        Epoch = happened.Epoch,
        Key = happened.Key,
        LeaseUntil = happened.LeaseUntil is { } until ? Instants.FromMicroseconds(until) : null,
        Detail = happened.Detail,
    };

    public HistoryEvent ToEvent() => new()
    {
        Index = Index,
        CommitLsn = LogPositions.TryParse(CommitLsn, out var position)
            ? position
            : throw new JsonException($"'{CommitLsn}' is not a position in a write-ahead log, such as 0/1547618."),
        Xid = Xid,
        At = Instants.ToMicroseconds(At),
        Kind = Kind,
        Queue = Queue,
        Record = Record,
        Owner = Owner,
        Epoch = Epoch,
        Key = Key,
        LeaseUntil = LeaseUntil is { } until ? Instants.ToMicroseconds(until) : null,
        Detail = Detail,
    };
}
