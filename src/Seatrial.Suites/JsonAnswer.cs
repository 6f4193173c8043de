using System.Text.Json;

namespace Seatrial.Suites;

/// <summary>An answer over HTTP: its status, 0 without one, and its body, where that is JSON.</summary>
internal sealed record JsonAnswer(int Status, JsonElement? Body, string? Tag, string Reason)
{
    /// <summary>After which it may be asked again; null where the answer does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Asks once. No answer is an answer too.</summary>
    public static async Task<JsonAnswer> AskAsync(
        HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var body = Parse(text);
            var reason = body is { } json && Text(json, "detail") is { } detail ? detail : text.Trim();
            return new JsonAnswer((int)response.StatusCode, body, response.Headers.ETag?.Tag, reason)
            {
                RetryAfter = response.Headers.RetryAfter?.Delta,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new JsonAnswer(0, null, null, failure.Message);
        }
    }

    /// <summary>Reads a member; null where there is none.</summary>
    public static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
            && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
