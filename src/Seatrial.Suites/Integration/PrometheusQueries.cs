using System.Globalization;
using System.Text.Json;

namespace Seatrial.Suites.Integration;

/// <summary>What Prometheus has of the run, asked for until it is all there or it took too long.</summary>
internal sealed class PrometheusQueries(HttpClient client, TimeProvider clock)
{
    private const string Handled = "sum by (seatrial_queue, seatrial_result) "
        + "(seatrial_job_run_duration_seconds_count)";

    private const string Ended = "sum(seatrial_job_completed_total)";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Until every target is up and <paramref name="ended"/> records have ended.</summary>
    /// <param name="targets">How many workers are scraped.</param>
    /// <param name="ended">Records, by all workers and in all queues.</param>
    /// <param name="atMost">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Scraped> WaitAsync(
        int targets, long ended, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var seen = await LookAsync(targets, cancellationToken);
            var isThere = seen.Ended >= ended && seen.HasWorkers(out _) && seen.Targets.All(target => target.IsUp);
            if (isThere || clock.GetElapsedTime(began) > atMost)
            {
                return seen;
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private async Task<Scraped> LookAsync(int targets, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();

        // A scrape may come in between: what is asked after what the wait is for can only be more.
        var ended = await QueryAsync(Ended, reasons, cancellationToken);
        var handled = await QueryAsync(Handled, reasons, cancellationToken);
        var up = await QueryAsync("up", reasons, cancellationToken);
        return new Scraped(
            [.. up.Select(one => new ScrapedTarget(
                Label(one.Metric, "job"), Label(one.Metric, "instance"), one.Value > 0))],
            handled.ToDictionary(
                one => $"{Label(one.Metric, "seatrial_queue")} {Label(one.Metric, "seatrial_result")}",
                one => (long)one.Value),
            ended is [var sum] ? (long)sum.Value : null,
            targets,
            reasons.FirstOrDefault());
    }

    private async Task<List<(JsonElement Metric, double Value)>> QueryAsync(
        string query, List<string> reasons, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "api/v1/query?query=" + Uri.EscapeDataString(query));
        var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
        if (answer.Status != 200 || answer.Body is not { } body)
        {
            reasons.Add($"{answer.Status}, {answer.Reason}");
            return [];
        }

        return
        [
            .. body.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => (
                one.GetProperty("metric"),
                double.Parse(one.GetProperty("value")[1].GetString() ?? "", CultureInfo.InvariantCulture))),
        ];
    }

    private static string Label(JsonElement metric, string name) => JsonAnswer.Text(metric, name) ?? "";
}
