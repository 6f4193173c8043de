using System.Globalization;

namespace Seatrial.Docker;

/// <summary>Between the engine's ways to write values and ours.</summary>
internal static class EngineValues
{
    public static Dictionary<string, IDictionary<string, bool>> LabelFilter(string label, string? value) => new()
    {
        ["label"] = new Dictionary<string, bool> { [value is null ? label : $"{label}={value}"] = true },
    };

    public static IReadOnlyDictionary<string, string> Labels(IDictionary<string, string>? labels) =>
        labels?.ToDictionary() ?? [];

    /// <summary>The engine's times are UTC, whatever kind the parser gave them.</summary>
    public static DateTimeOffset Instant(DateTime time) =>
        time.Kind is DateTimeKind.Local ? new DateTimeOffset(time).ToUniversalTime() : new DateTimeOffset(
            time.Ticks, TimeSpan.Zero);

    /// <summary>Of RFC 3339 with any number of decimals; <c>default</c> where there is none.</summary>
    public static DateTimeOffset Instant(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : default;
}
