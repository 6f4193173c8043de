using System.Globalization;
using System.Text.Json;

namespace Seatrial.Suites.Integration;

/// <summary>Waits for an alert at the end of its way: with whoever Alertmanager tells.</summary>
internal sealed class AlertWatch(HttpClient client, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Until the alert came firing, since its cause could be there, or it took too long.</summary>
    public async Task<AlertSeen> WaitAsync(
        string alert, DateTimeOffset since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "alerts");
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            var isReadable = answer is { Status: 200, Body.ValueKind: JsonValueKind.Array };
            if (isReadable && Find(answer.Body, alert, since) is { } started)
            {
                return new AlertSeen(alert, started, clock.GetElapsedTime(began).TotalSeconds, null);
            }

            if (clock.GetElapsedTime(began) > atMost)
            {
                return new AlertSeen(alert, null, null, isReadable ? null : $"{answer.Status}, {answer.Reason}");
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    /// <summary>Alertmanager's webhook, version 4.</summary>
    private static DateTimeOffset? Find(JsonElement? calls, string name, DateTimeOffset since)
    {
        var alerts = calls?.EnumerateArray()
            .SelectMany(call => call.TryGetProperty("alerts", out var all) ? all.EnumerateArray().ToArray() : []) ?? [];
        foreach (var alert in alerts)
        {
            if (JsonAnswer.Text(alert, "status") == "firing"
                && alert.TryGetProperty("labels", out var labels) && JsonAnswer.Text(labels, "alertname") == name
                && DateTimeOffset.TryParse(
                    JsonAnswer.Text(alert, "startsAt"), CultureInfo.InvariantCulture, out var started)
                && started >= since)
            {
                return started;
            }
        }

        return null;
    }
}
