using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Recovery;

/// <summary>Posts alerts as JSON; an end waits for it for three seconds at most.</summary>
internal sealed partial class AlertSender(Uri? url, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(3);

    /// <summary>Whether it was taken; false where no receiver is named.</summary>
    public async Task<bool> SendAsync(Alert alert)
    {
        if (url is null)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(_most, time);
        try
        {
            using var http = new HttpClient();
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
                alert, AlertJson.Default.Alert));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(url, content, timeout.Token).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            LogSent(alert.Category, url.Host);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            LogNotSent(alert.Category, url.Host, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent an alert ({Category}) to {Host}.")]
    private partial void LogSent(string category, string host);

    [LoggerMessage(Level = LogLevel.Error, Message = "The alert ({Category}) did not get through to {Host}: {Cause}")]
    private partial void LogNotSent(string category, string host, string cause);
}
