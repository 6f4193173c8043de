using System.Globalization;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Integration;

/// <summary>The system's own HTTP, as its callers see it: through the balancer.</summary>
internal sealed class Entrance(HttpClient client, TimeProvider clock)
{
    private const int Later = 429;
    private const int FirstServerError = 500;
    private const int PageSize = 20;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>How often it said "later".</summary>
    public int Retries { get; private set; }

    /// <summary>Sends records as one request, again and again under the same key while it says "later".</summary>
    public async Task<IReadOnlyList<SentRecord>> SendAsync(
        IReadOnlyList<WorkloadRecord> records, string name, string trace, CancellationToken cancellationToken)
    {
        var body = IntakeRequests.Body(records);
        var began = clock.GetTimestamp();
        while (true)
        {
            using var request = IntakeRequests.Post(body, name, trace);
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            if (answer.Status is 0 or Later or >= FirstServerError && clock.GetElapsedTime(began) < _patience)
            {
                Retries++;
                await Task.Delay(_pause, clock, cancellationToken);
                continue;
            }

            var taken = answer.Status == 202 && answer.Body is { } json
                ? json.GetProperty("records").EnumerateArray().ToDictionary(
                    one => JsonAnswer.Text(one, "key") ?? "", StringComparer.Ordinal)
                : [];
            return
            [
                .. records.Select(record => new SentRecord(
                    record.Key, trace, answer.Status,
                    taken.TryGetValue(record.Key, out var one) ? JsonAnswer.Text(one, "id") : null,
                    taken.TryGetValue(record.Key, out var fresh) && fresh.GetProperty("new").GetBoolean(),
                    taken.ContainsKey(record.Key) ? null : answer.Reason)),
            ];
        }
    }

    /// <summary>Sends something that is wrong.</summary>
    public async Task<Refusal> TryAsync(string what, string body, int expected, CancellationToken cancellationToken)
    {
        using var request = IntakeRequests.Post(body);
        var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
        return new Refusal(what, expected, answer.Status, answer.Reason);
    }

    /// <summary>Asks for a record until it is done in the last queue, or dead, or it took too long.</summary>
    public async Task<FollowedRecord> FollowAsync(
        string key, string last, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "records/" + Uri.EscapeDataString(key));
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            var seen = Read(key, answer, clock.GetElapsedTime(began).TotalSeconds);
            if ((seen.State == "done" && seen.Queue == last) || seen.State == "dead"
                || clock.GetElapsedTime(began) > atMost)
            {
                return seen;
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    /// <summary>What the published rows count, over all pages; null where nobody answered, with the reason.</summary>
    public async Task<(long? Count, int Rows, string? Tag, string? Reason)> CountAsync(
        string column, CancellationToken cancellationToken)
    {
        var (count, rows, after) = (0L, 0, "");
        string? first = null;
        do
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, FormattableString.Invariant($"results?limit={PageSize}&after={after}"));
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            if (answer.Status != 200 || answer.Body is not { } page)
            {
                return (null, rows, null, $"GET /results: {answer.Status}, {answer.Reason}");
            }

            first ??= answer.Tag;
            foreach (var row in page.GetProperty("results").EnumerateArray())
            {
                rows++;
                if (!long.TryParse(
                    JsonAnswer.Text(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out var part))
                {
                    return (null, rows, null, $"a published row has no number in {column}: {row.GetRawText()}");
                }

                count += part;
            }

            after = JsonAnswer.Text(page, "next") ?? "";
        }
        while (after.Length > 0);

        return (count, rows, first, null);
    }

    /// <summary>Whether the first page is not sent again to who has it; null without an answer.</summary>
    public async Task<bool?> IsNotModifiedAsync(string? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, FormattableString.Invariant($"results?limit={PageSize}&after="));
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
        return answer.Status == 0 ? null : answer.Status == 304;
    }

    private static FollowedRecord Read(string key, JsonAnswer answer, double seconds)
    {
        if (answer.Status != 200 || answer.Body is not { } body)
        {
            return new FollowedRecord(
                key, "", answer.Status == 0 ? FollowedRecord.Unanswered : "unknown", [], seconds,
                $"{answer.Status}, {answer.Reason}");
        }

        var done = body.GetProperty("records").EnumerateArray()
            .Where(record => JsonAnswer.Text(record, "state") == "done"
                && JsonAnswer.Text(record, "result") is not null)
            .Select(record => JsonAnswer.Text(record, "queue") ?? "");
        return new FollowedRecord(
            key, JsonAnswer.Text(body, "queue") ?? "", JsonAnswer.Text(body, "state") ?? "", [.. done], seconds,
            JsonAnswer.Text(body, "error"));
    }
}
