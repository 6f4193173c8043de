using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Seatrial.Worker.Http;

/// <summary>Bodies of answers.</summary>
internal static class IntakeAnswers
{
    public static string Write(IReadOnlyList<TakenRecord> records, string trace) => Json(json =>
    {
        json.WriteString("trace", trace);
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            json.WriteStartObject();
            json.WriteString("key", record.Key);
            json.WriteNumber("id", record.Id);
            json.WriteBoolean("new", record.IsNew);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>By RFC 9457.</summary>
    public static string Problem(RefusalException refusal) => Json(json =>
    {
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(refusal.Status));
        json.WriteNumber("status", refusal.Status);
        json.WriteString("detail", refusal.Message);
    });

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var whole = new MemoryStream();
        using (var json = new Utf8JsonWriter(whole))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
    }
}
