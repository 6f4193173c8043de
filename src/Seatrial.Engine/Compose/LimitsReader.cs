using System.Globalization;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What a container may use; Compose has two places for some of it.</summary>
internal static class LimitsReader
{
    public static ComposeLimits Read(Field service)
    {
        var deploy = service["deploy"];
        if (!deploy.IsNull)
        {
            deploy.WrongKindUnlessMap();
        }

        deploy["resources"].WrongKindUnlessMap();
        var limits = deploy["resources"]["limits"];
        var reservations = deploy["resources"]["reservations"];
        limits.WrongKindUnlessMap();
        reservations.WrongKindUnlessMap();
        return new ComposeLimits
        {
            Cpus = Bound(ScaleReader.One(service["cpus"], limits["cpus"], field => field.Amount())),
            Memory = Bound(ScaleReader.One(service["mem_limit"], limits["memory"], field => field.Bytes())),
            Pids = Bound(ScaleReader.One(service["pids_limit"], limits["pids"], field => field.Whole(-1))),
            MemoryReservation = Bound(ScaleReader.One(
                service["mem_reservation"], reservations["memory"], field => field.Bytes())),
            MemorySwap = service["memswap_limit"].Bytes() is not 0 and var swap ? swap : null,
            MemorySwappiness = service["mem_swappiness"].Whole(0, 100),
            OomScoreAdjustment = service["oom_score_adj"].Whole(-1000, 1000),
            OomKillDisable = service["oom_kill_disable"].Boolean() ?? false,
            CpuShares = service["cpu_shares"].Whole(0) is > 0 and var shares ? shares : null,
            CpuPeriod = Microseconds(service["cpu_period"]),
            CpuQuota = Microseconds(service["cpu_quota"]),
            CpuRealtimePeriod = Microseconds(service["cpu_rt_period"]),
            CpuRealtimeRuntime = Microseconds(service["cpu_rt_runtime"]),
            CpuSet = service["cpuset"].Scalar(),
        };
    }

    private static long? Microseconds(Field field) =>
        field.Node is YamlNode.Scalar scalar
            && long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Bound(number)
            : Bound((long?)field.Duration()?.TotalMicroseconds);

    // Both of 0 and -1 are ways to write "no bound".
    private static double? Bound(double? value) => value is > 0 ? value : null;

    private static long? Bound(long? value) => value is > 0 ? value : null;
}
