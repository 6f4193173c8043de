using System.Globalization;
using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>From the engine's event messages to ours.</summary>
internal static class EngineMessages
{
    private static readonly string[] _actions =
        ["create", "start", "die", "oom", "pause", "unpause", "health_status", "destroy"];

    private const long NanosecondsASecond = 1_000_000_000;

    public static Dictionary<string, IDictionary<string, bool>> Filters(string label, string? value)
    {
        var filters = EngineValues.LabelFilter(label, value);
        filters["type"] = new Dictionary<string, bool> { ["container"] = true };
        filters["event"] = _actions.ToDictionary(action => action, _ => true);
        return filters;
    }

    /// <summary>The engine's form of an instant: seconds and nanoseconds.</summary>
    public static string Stamp(DateTimeOffset instant)
    {
        var (seconds, ticks) = Math.DivRem((instant - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds}.{ticks * TimeSpan.NanosecondsPerTick:000000000}");
    }

    public static DateTimeOffset Instant(Message message) =>
        DateTimeOffset.UnixEpoch.AddTicks(
            (message.TimeNano ?? message.Time * NanosecondsASecond ?? 0) / TimeSpan.NanosecondsPerTick);

    /// <summary>Null for an action that is none of ours.</summary>
    public static EngineEvent? Event(Message message)
    {
        var attributes = EngineValues.Labels(message.Actor?.Attributes);
        return KindOf(message.Action) is not { } kind || message.Actor?.ID is not { } id
            ? null
            : new EngineEvent(
                Instant(message),
                kind,
                id,
                attributes.TryGetValue("exitCode", out var code) ? int.Parse(code, CultureInfo.InvariantCulture) : null,
                attributes);
    }

    private static EngineEventKind? KindOf(string action) => action switch
    {
        "create" => EngineEventKind.Created,
        "start" => EngineEventKind.Started,
        "die" => EngineEventKind.Died,
        "oom" => EngineEventKind.OutOfMemory,
        "pause" => EngineEventKind.Paused,
        "unpause" => EngineEventKind.Unpaused,
        "health_status: healthy" => EngineEventKind.Healthy,
        "health_status: unhealthy" => EngineEventKind.Unhealthy,
        "destroy" => EngineEventKind.Removed,
        _ => null,
    };
}
