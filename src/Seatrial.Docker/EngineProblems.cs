using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using Seatrial.Engine;

namespace Seatrial.Docker;

/// <summary>From what an engine or its connection says to what a user can do about it.</summary>
internal static class EngineProblems
{
    public static Problem Slow(string what, TimeSpan limit, Uri endpoint) => new()
    {
        What = $"The engine did not answer within {limit.TotalSeconds:0} s when it was asked for {what}.",
        Where = endpoint.ToString(),
        Fix = "Look at the engine's log (journalctl -u docker) and at the load of its host, then try again; where it "
            + "stays silent, restart it: 20.10 can lock itself up when containers of one network end together.",
    };

    public static Problem Refused(string what, DockerApiException exception, Uri endpoint) =>
        EngineRefusals.Of(Message(exception), what) ?? new Problem
        {
            What = $"The engine refused {what}: {Message(exception)}",
            Where = endpoint.ToString(),
            Fix = "Correct what the engine's message names.",
        };

    public static Problem Unreachable(Exception exception, Uri endpoint)
    {
        var error = SocketErrorOf(exception);
        return new Problem
        {
            What = "No container engine answers.",
            Where = endpoint.ToString(),
            Why = exception.GetBaseException().Message,
            Fix = error is SocketError.AccessDenied
                ? "Run as root, or join the socket's group: sudo usermod -aG docker $USER, then log in again."
                : "Start the Docker Engine (sudo systemctl start docker) or set DOCKER_HOST to one that runs.",
        };
    }

    public static bool IsGone(DockerApiException exception) => exception.StatusCode is HttpStatusCode.NotFound;

    public static bool IsBeingRemoved(DockerApiException exception) =>
        exception.StatusCode is HttpStatusCode.Conflict
        && Message(exception).Contains("is already in progress", StringComparison.Ordinal);

    /// <summary>The engine's own sentence, taken out of its JSON.</summary>
    public static string Message(DockerApiException exception)
    {
        try
        {
            using var json = JsonDocument.Parse(exception.ResponseBody ?? "");
            return json.RootElement.TryGetProperty("message", out var message)
                ? message.GetString() ?? exception.Message
                : exception.Message;
        }
        catch (JsonException)
        {
            return exception.ResponseBody is { Length: > 0 } body ? body : exception.Message;
        }
    }

    private static SocketError? SocketErrorOf(Exception exception)
    {
        var at = exception;
        while (at is not (null or SocketException))
        {
            at = at.InnerException;
        }

        return (at as SocketException)?.SocketErrorCode;
    }
}
