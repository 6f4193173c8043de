using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Seatrial.Suites.Integration;

/// <summary>The flow runs that Prefect shows, by flow.</summary>
internal sealed class PrefectQueries(HttpClient client, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What a run's state is in which all of it was done.</summary>
    public const string Completed = "COMPLETED";

    /// <summary>Until the runs of every flow are completed and have ended as many records as came to it, or it took too
    /// long: a run tells of its records before it tells of its end.</summary>
    public async Task<PrefectSeen> WaitAsync(
        IReadOnlyDictionary<string, long> expected, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var seen = await LookAsync(expected.Keys, cancellationToken);
            if ((seen.Flows.Count == expected.Count && seen.Flows.All(flow =>
                    flow.Ended >= expected[flow.Flow] && flow.States.All(state => state == Completed)))
                || clock.GetElapsedTime(began) > atMost)
            {
                return seen;
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private async Task<PrefectSeen> LookAsync(IEnumerable<string> flows, CancellationToken cancellationToken)
    {
        var seen = new List<PrefectFlow>();
        foreach (var flow in flows)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/flow_runs/filter")
            {
                Content = new StringContent(
                    $$$"""{"flows":{"name":{"any_":[{{{JsonSerializer.Serialize(flow)}}}]}},"limit":200}""",
                    Encoding.UTF8, "application/json"),
            };
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            if (answer.Status != 200 || answer.Body is not { ValueKind: JsonValueKind.Array } body)
            {
                return new PrefectSeen(seen, $"{answer.Status}, {answer.Reason}");
            }

            var runs = body.EnumerateArray().ToList();
            seen.Add(new PrefectFlow(
                flow, runs.Count, [.. runs.Select(run => JsonAnswer.Text(run, "state_type") ?? "").Distinct().Order()],
                runs.Sum(Ended)));
        }

        return new PrefectSeen(seen, null);
    }

    private static long Ended(JsonElement run) =>
        run.TryGetProperty("labels", out var labels)
            && long.TryParse(
                JsonAnswer.Text(labels, "seatrial.records_ended"), NumberStyles.None, CultureInfo.InvariantCulture,
                out var ended)
            ? ended : 0;
}
