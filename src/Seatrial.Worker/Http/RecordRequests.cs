using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Http;

/// <summary>
/// From a body to records: an object or an array of objects, each <c>{"key": …, "payload": {…}, "priority": 1}</c>.
/// </summary>
internal sealed class RecordRequests(QueueHandler handler, HttpConfig limits, long maxPayload)
{
    private const int LongestKey = 500;
    private const short DefaultPriority = 1;
    private const short LastPriority = 3;

    /// <param name="body">As it was sent.</param>
    /// <param name="idempotencyKey">Of the request as a whole; null without one.</param>
    /// <exception cref="RefusalException">Which record can't be taken, and why.</exception>
    public IReadOnlyList<RecordRequest> Read(ReadOnlyMemory<byte> body, string? idempotencyKey)
    {
        if (idempotencyKey is { Length: 0 or > LongestKey })
        {
            throw Wrong($"Idempotency-Key has {idempotencyKey.Length} characters: it has 1 to {LongestKey}.");
        }

        using var document = Parse(body);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
        {
            return [Record(root, "The record", idempotencyKey is null ? null : "request:" + idempotencyKey)];
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            throw Wrong($"The body is {Kind(root)}, not a record or an array of records.");
        }

        if (root.GetArrayLength() is var count && (count == 0 || count > limits.MaxRecords))
        {
            throw count == 0
                ? Wrong("The array is empty: there is nothing to take in.")
                : TooLarge($"The array has {count} records: at most {limits.MaxRecords} are taken at once.");
        }

        var records = root.EnumerateArray().Select((element, i) => Record(
            element, $"Record {i}", idempotencyKey is null ? null : $"request:{idempotencyKey}/{i}")).ToList();
        CheckNames(records);
        return records;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw Wrong($"The body is not JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine}.", e);
        }
    }

    private RecordRequest Record(JsonElement element, string which, string? name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{which} is {Kind(element)}, not an object.");
        }

        string? key = null;
        JsonElement? payload = null;
        var priority = DefaultPriority;
        foreach (var member in element.EnumerateObject())
        {
            switch (member.Name)
            {
                case "key":
                    key = Key(member.Value, which);
                    break;
                case "payload":
                    payload = member.Value;
                    break;
                case "priority":
                    priority = Priority(member.Value, which);
                    break;
                default:
                    throw Wrong($"{which} has an unknown member '{member.Name}': there are key, payload, priority.");
            }
        }

        if (key is null)
        {
            throw Wrong($"{which} has no key: the name of the thing that moves through the queues.");
        }

        if (payload is null)
        {
            throw Wrong($"{which} ({key}) has no payload.");
        }

        return new RecordRequest(name ?? "key:" + key, key, Payload(payload.Value, $"{which} ({key})", key), priority);
    }

    private static string Key(JsonElement value, string which)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Wrong($"{which} has a key that is {Kind(value)}, not a text.");
        }

        var key = Text(value, which);
        return key.Length is 0 or > LongestKey || key.Contains('\0', StringComparison.Ordinal)
            ? throw Wrong($"{which} has a key of {key.Length} characters: it has 1 to {LongestKey}, and no NUL.")
            : key;
    }

    private static string Text(JsonElement value, string which)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            throw Wrong($"{which} has a key with half a character.", e);
        }
    }

    private static short Priority(JsonElement value, string which) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt16(out var priority)
            && priority is >= 0 and <= LastPriority
            ? priority
            : throw Wrong($"{which} has the priority {value}: it is 0, the most urgent, to {LastPriority}.");

    private byte[] Payload(JsonElement value, string which, string key)
    {
        var payload = Encoding.UTF8.GetBytes(value.GetRawText());
        if (payload.Length > maxPayload)
        {
            throw TooLarge($"{which} has a payload of {payload.Length} bytes: at most {maxPayload} are taken.");
        }

        return handler.ProblemOf(new ClaimedRecord(0, key, payload, 0, 1)) is { } problem
            ? throw Wrong($"{which}: {problem}")
            : payload;
    }

    private static void CheckNames(List<RecordRequest> records)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < records.Count; i++)
        {
            if (!seen.TryAdd(records[i].Name, i))
            {
                throw Wrong($"Record {i} has the key of record {seen[records[i].Name]}: '{records[i].Key}'.");
            }
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
    };

    private static RefusalException Wrong(string reason, Exception? cause = null) =>
        new(StatusCodes.Status400BadRequest, reason, cause);

    private static RefusalException TooLarge(string reason) =>
        new(StatusCodes.Status413PayloadTooLarge, reason);
}
