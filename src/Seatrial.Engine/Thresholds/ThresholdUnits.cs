namespace Seatrial.Engine.Thresholds;

/// <summary>How bounds are written.</summary>
internal static class ThresholdUnits
{
    private static readonly Dictionary<string, double> _durations = new()
    {
        ["us"] = 1e-6,
        ["µs"] = 1e-6,
        ["ms"] = 1e-3,
        ["s"] = 1,
        ["min"] = 60,
    };

    private static readonly Dictionary<string, double> _times = new() { ["s"] = 1, ["min"] = 60, ["h"] = 3600 };

    private static readonly Dictionary<string, double> _bytes = new()
    {
        ["B"] = 1,
        ["kB"] = 1 << 10,
        ["KiB"] = 1 << 10,
        ["MB"] = 1 << 20,
        ["MiB"] = 1 << 20,
        ["GB"] = 1 << 30,
        ["GiB"] = 1 << 30,
    };

    /// <summary>What a number is multiplied by; null where it can't be written like that.</summary>
    public static double? Factor(ThresholdUnit unit, string? written, bool isZero) => (unit, written) switch
    {
        (ThresholdUnit.Duration, { } name) => _durations.TryGetValue(name, out var seconds) ? seconds : null,
        (ThresholdUnit.Rate, null or "/s") => 1,
        (ThresholdUnit.Share, "%") => 0.01,
        (ThresholdUnit.Count, null) => 1,
        (ThresholdUnit.Bytes, { } rate) => Growth(rate, name => _bytes.TryGetValue(name, out var bytes) ? bytes : null),
        (ThresholdUnit.Growth, { } rate) => Growth(rate, name => name.Length == 0 ? 1 : null),
        (_, null) when isZero => 1,
        _ => null,
    };

    /// <summary>What may be written.</summary>
    public static string Hint(ThresholdUnit unit) => unit switch
    {
        ThresholdUnit.Duration => "Write us, ms, s or min behind the number.",
        ThresholdUnit.Rate => "Write /s behind the number, or nothing.",
        ThresholdUnit.Share => "Write % behind the number.",
        ThresholdUnit.Count => "Write the number alone.",
        ThresholdUnit.Bytes => "Write kB/h, MB/h or GB/h behind the number; /s and /min are known too.",
        ThresholdUnit.Growth => "Write /h, /min or /s behind the number.",
    };

    private static double? Growth(string rate, Func<string, double?> of)
    {
        var slash = rate.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && _times.TryGetValue(rate[(slash + 1)..], out var seconds)
            ? of(rate[..slash]) / seconds : null;
    }
}
