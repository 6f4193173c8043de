using System.Globalization;
using Seatrial.Engine.Runs;
using Seatrial.Wire;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>The settings that proposals speak of, and their values in words.</summary>
public static class ResourceSettings
{
    public const string Cpus = "deploy.resources.limits.cpus";

    public const string Memory = "deploy.resources.limits.memory";

    public const string Replicas = "deploy.replicas";

    private const long MemoryStep = 16 << 20;

    private static readonly (string Unit, long Bytes)[] _units = [("g", 1 << 30), ("m", 1 << 20), ("k", 1 << 10)];

    /// <summary>Whether it is a variable of the service's containers, and no key of the service.</summary>
    public static bool IsVariable(string setting) =>
        setting.StartsWith(ContainerVariables.Prefix, StringComparison.Ordinal);

    /// <summary>As people read it: <c>208 MiB</c>, <c>0.8</c>; <c>–</c> where there is no bound.</summary>
    public static string Show(string setting, double? value) =>
        value is not { } known ? "–" : setting is Memory ? Figures.Bytes((long)known) : Figures.Number(known, 2);

    /// <summary>As a Compose file takes it, and reads exactly the same back: <c>208m</c>, <c>0.8</c>.</summary>
    public static string Text(string setting, double value)
    {
        if (setting is not Memory)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var bytes = (long)value;
        var (unit, size) = _units.FirstOrDefault(one => bytes % one.Bytes == 0, ("b", 1));
        return (bytes / size).ToString(CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>Bytes, up to the next step in which memory is proposed.</summary>
    internal static long RoundedMemory(double bytes) => (long)Math.Ceiling(bytes / MemoryStep) * MemoryStep;
}
