using System.Text.Json;

namespace Seatrial.Engine.Histories;

/// <summary>An event as a line of JSON.</summary>
internal static class HistoryFormat
{
    /// <summary>The detail of a record that was there before the log began.</summary>
    public const string PresentBefore = "present before the trial";

    private static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    private static readonly JsonEncodedText Lsn = JsonEncodedText.Encode("lsn");
    private static readonly JsonEncodedText Xid = JsonEncodedText.Encode("xid");
    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Queue = JsonEncodedText.Encode("queue");
    private static readonly JsonEncodedText Record = JsonEncodedText.Encode("record");
    private static readonly JsonEncodedText Owner = JsonEncodedText.Encode("owner");
    private static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Lease = JsonEncodedText.Encode("lease");
    private static readonly JsonEncodedText Detail = JsonEncodedText.Encode("detail");

    private static readonly JsonEncodedText[] Kinds =
        [.. Enum.GetValues<EventKind>(
            ).Select(kind => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName($"{kind}")))];

    public static void Write(Utf8JsonWriter json, in HistoryEvent happened)
    {
        Span<char> position = stackalloc char[17];
        json.WriteStartObject();
        json.WriteNumber(Index, happened.Index);
        position.TryWrite($"{happened.CommitLsn >> 32:X}/{(uint)happened.CommitLsn:X}", out var length);
        json.WriteString(Lsn, position[..length]);
        json.WriteNumber(Xid, happened.Xid);
        json.WriteNumber(At, happened.At);
        json.WriteString(Kind, Kinds[(int)happened.Kind]);
        json.WriteString(Queue, happened.Queue);
        json.WriteString(Record, happened.Record);
        WriteText(json, Owner, happened.Owner);
        WriteNumber(json, Epoch, happened.Epoch);
        WriteText(json, Key, happened.Key);
        WriteNumber(json, Lease, happened.LeaseUntil);
        WriteText(json, Detail, happened.Detail);
        json.WriteEndObject();
    }

    /// <summary>A parser that keeps each distinct text once.</summary>
    public static LineParser<HistoryEvent> Parser()
    {
        var pool = new StringPool();
        return line => Parse(line, pool);
    }

    private static HistoryEvent Parse(ReadOnlySpan<byte> line, StringPool pool)
    {
        var fields = new Fields();
        var json = new Utf8JsonReader(line);
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.PropertyName)
            {
                fields.Read(ref json, pool);
            }
        }

        return new HistoryEvent
        {
            Index = fields.Index,
            CommitLsn = fields.CommitLsn,
            Xid = fields.Xid,
            At = fields.At,
            Kind = fields.Kind ?? throw new FormatException("an event has no kind"),
            Queue = fields.Queue ?? throw new FormatException("an event has no queue"),
            Record = fields.Record ?? throw new FormatException("an event has no record"),
            Owner = fields.Owner,
            Epoch = fields.Epoch,
            Key = fields.Key,
            LeaseUntil = fields.LeaseUntil,
            Detail = fields.Detail,
        };
    }

    private static void WriteText(Utf8JsonWriter json, JsonEncodedText name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, JsonEncodedText name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>What was read of a line so far.</summary>
    private ref struct Fields
    {
        public long Index;
        public ulong CommitLsn;
        public uint Xid;
        public long At;
        public EventKind? Kind;
        public string? Queue;
        public string? Record;
        public string? Owner;
        public long? Epoch;
        public string? Key;
        public long? LeaseUntil;
        public string? Detail;

        public void Read(ref Utf8JsonReader json, StringPool pool)
        {
            var name = json.ValueSpan;
            json.Read();
            switch (name.Length, name[0])
            {
                case (5, (byte)'i'): Index = json.GetInt64(); break;
                case (3, (byte)'l'): CommitLsn = Position(ref json); break;
                case (3, (byte)'x'): Xid = json.GetUInt32(); break;
                case (2, (byte)'a'): At = json.GetInt64(); break;
                case (4, (byte)'k'): Kind = KindOf(json.ValueSpan); break;
                case (5, (byte)'q'): Queue = Text(ref json, pool); break;
                case (6, (byte)'r'): Record = Text(ref json, pool); break;
                case (5, (byte)'o'): Owner = Text(ref json, pool); break;
                case (5, (byte)'e'): Epoch = json.GetInt64(); break;
                case (3, (byte)'k'): Key = Text(ref json, pool); break;
                case (5, (byte)'l'): LeaseUntil = json.GetInt64(); break;
                case (6, (byte)'d'): Detail = json.GetString(); break;
                default:
                    throw new FormatException(
                    $"an event has a field '{System.Text.Encoding.UTF8.GetString(name)}'");
            }
        }

        private static string? Text(ref Utf8JsonReader json, StringPool pool) =>
            json.ValueIsEscaped ? json.GetString() : pool.Intern(json.ValueSpan);

        private static ulong Position(ref Utf8JsonReader json)
        {
            Span<char> text = stackalloc char[17];
            return json.ValueSpan.Length <= text.Length
                && LogPositions.TryParse(text[..json.CopyString(text)], out var position)
                ? position
                : throw new FormatException("an event has no log position");
        }

        private static EventKind KindOf(ReadOnlySpan<byte> text)
        {
            for (var i = 0; i < Kinds.Length; i++)
            {
                if (text.SequenceEqual(Kinds[i].EncodedUtf8Bytes))
                {
                    return (EventKind)i;
                }
            }

            throw new FormatException($"an event is of kind '{System.Text.Encoding.UTF8.GetString(text)}'");
        }
    }
}
