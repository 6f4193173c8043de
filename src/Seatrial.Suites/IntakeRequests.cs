using System.Text;
using System.Text.Json;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites;

/// <summary>Requests to put records in, as <c>POST /records</c> takes them.</summary>
internal static class IntakeRequests
{
    /// <summary>A record, or an array of several.</summary>
    public static string Body(IReadOnlyList<WorkloadRecord> records) => records is [var only]
        ? Record(only) : $"[{string.Join(',', records.Select(Record))}]";

    /// <param name="body">JSON.</param>
    /// <param name="name">The idempotency key; without one each record goes by its own key.</param>
    /// <param name="trace">The id of a trace to begin; null for none.</param>
    public static HttpRequestMessage Post(string body, string? name = null, string? trace = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "records")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (name is not null)
        {
            request.Headers.Add("Idempotency-Key", name);
        }

        if (trace is not null)
        {
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        }

        return request;
    }

    private static string Record(WorkloadRecord record) =>
        $$"""{"key":{{JsonSerializer.Serialize(record.Key)}},"payload":{{record.Payload}}}""";
}
