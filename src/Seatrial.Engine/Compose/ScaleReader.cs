using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// How many containers a service has and what each may use; Compose has two places for each of these.
/// </summary>
internal static class ScaleReader
{
    public static int Replicas(Field service) => One(service["scale"], service["deploy"]["replicas"], Count) ?? 1;

    public static ComposeLimits Limits(Field service)
    {
        var deploy = service["deploy"];
        if (!deploy.IsNull)
        {
            deploy.WrongKindUnlessMap();
        }

        deploy["resources"].WrongKindUnlessMap();
        var limits = deploy["resources"]["limits"];
        limits.WrongKindUnlessMap();
        return new ComposeLimits
        {
            Cpus = Bound(One(service["cpus"], limits["cpus"], field => field.Amount())),
            Memory = Bound(One(service["mem_limit"], limits["memory"], field => field.Bytes())),
            Pids = Bound(One(service["pids_limit"], limits["pids"], field => field.Whole(-1))),
        };
    }

    private static int? Count(Field field) => field.Whole(0, 1000);

    // Both of 0 and -1 are ways to write "no bound".
    private static double? Bound(double? value) => value is > 0 ? value : null;

    private static long? Bound(long? value) => value is > 0 ? value : null;

    private static T? One<T>(Field first, Field second, Func<Field, T?> read)
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
