using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>How many containers a service has.</summary>
internal static class ScaleReader
{
    public static int Replicas(Field service) =>
        One(service["scale"], service["deploy"]["replicas"], field => field.Whole(0, 1000)) ?? 1;

    /// <summary>A value that has two places, of which one may be silent, or both say the same.</summary>
    public static T? One<T>(Field first, Field second, Func<Field, T?> read)
        where T : struct
    {
        var (one, other) = (read(first), read(second));
        if (one is not null && other is not null && !one.Equals(other))
        {
            first.Error($"is {one}, but {second.Path} is {other}.", "Write it in one of the two places.");
        }

        return one ?? other;
    }
}
