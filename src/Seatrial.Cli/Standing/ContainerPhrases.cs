using System.Globalization;
using Seatrial.Engine.Drivers;
using Spectre.Console;

namespace Seatrial.Cli.Standing;

/// <summary>A container's state in words.</summary>
internal static class ContainerPhrases
{
    private const int IdDigits = 12;

    public static string StateWord(ContainerState state) => state switch
    {
        { Paused: true } => "paused",
        { Running: true } => "running",
        { StartedAt.Year: < 2000 } => "created",
        _ => "exited",
    };

    /// <summary>E.g. <c>up 3 min (healthy)</c>.</summary>
    public static string Status(ContainerState state, DateTimeOffset now)
    {
        var restarts = state.Restarts > 0
            ? string.Create(CultureInfo.InvariantCulture, $", restarted {state.Restarts} times") : "";
        var memory = state.OutOfMemory ? ", out of memory" : "";
        return StateWord(state) switch
        {
            "created" => "created",
            "exited" => string.Create(
                CultureInfo.InvariantCulture, $"exited ({state.ExitCode}) {Ago(now - state.EndedAt)} ago{memory}{restarts}"),
            var word => $"{(word is "paused" ? "paused" : "up")} {Ago(now - state.StartedAt)}{Health(state)}{restarts}",
        };
    }

    public static Style Style(ContainerState state) => state switch
    {
        { Health: ContainerHealth.Unhealthy } => new Style(Color.Red),
        { Running: false, ExitCode: not 0 } => new Style(Color.Red),
        { Running: false } => new Style(Color.Grey),
        { Paused: true } or { Health: ContainerHealth.Starting } => new Style(Color.Yellow),
        _ => new Style(Color.Green),
    };

    public static string Ports(ContainerState state) => string.Join(", ", state.PublishedPorts
        .OrderBy(port => port.Key)
        .Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Value}→{port.Key}")));

    /// <summary>An id by its first digits; a name as it is.</summary>
    public static string Short(string image) => image.StartsWith("sha256:", StringComparison.Ordinal)
        ? image["sha256:".Length..][..IdDigits]
        : image;

    private static string Health(ContainerState state) => state.Health is ContainerHealth.None
        ? ""
        : $" ({state.Health.ToString().ToLowerInvariant()})";

    private static string Ago(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };
}
