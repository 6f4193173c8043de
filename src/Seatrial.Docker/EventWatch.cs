using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>
/// One subscription to the engine's events. The engine keeps its last 256 events, so a broken connection is reopened
/// from a little before the last event seen, and what was told already is left out.
/// </summary>
internal sealed class EventWatch(DockerConnection connection, string label, string? value)
{
    /// <summary>Events are stamped before they are queued, so their order by time may be off by this much.</summary>
    private static readonly TimeSpan _overlap = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<(long At, string Id, string Action)> _told = [];

    public async IAsyncEnumerable<EngineEvent> ReadAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            using var connected = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var messages = Channel.CreateUnbounded<Message>();
            var pump = PumpAsync(since, messages.Writer, connected.Token);
            try
            {
                await foreach (var message in messages.Reader.ReadAllAsync(cancellationToken))
                {
                    var at = EngineMessages.Instant(message);
                    since = at - _overlap > since ? at - _overlap : since;
                    if (_told.Add((message.TimeNano ?? 0, message.Actor?.ID ?? "", message.Action))
                        && EngineMessages.Event(message) is { } told)
                    {
                        yield return told;
                    }
                }
            }
            finally
            {
                await connected.CancelAsync();
                await pump;
            }

            await Task.Delay(_pause, connection.Clock, cancellationToken);
        }
    }

    private async Task PumpAsync(
        DateTimeOffset since, ChannelWriter<Message> messages, CancellationToken cancellationToken)
    {
        try
        {
            var parameters = new ContainerEventsParameters
            {
                Since = EngineMessages.Stamp(since),
                Filters = EngineMessages.Filters(label, value),
            };
            await connection.Client.System.MonitorEventsAsync(
                parameters, new ToChannel(messages), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException
            or SocketException or JsonException or DockerApiException)
        {
            // The reader sees the end of the channel and reopens, or was cancelled itself.
        }
        finally
        {
            messages.Complete();
        }
    }

    private sealed class ToChannel(ChannelWriter<Message> messages) : IProgress<Message>
    {
        public void Report(Message value) => messages.TryWrite(value);
    }
}
