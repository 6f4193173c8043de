using System.Security.Cryptography;
using System.Text.Json;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>What a suite puts a system through, so that two runs are held against each other only where it is the
/// same.</summary>
public static class SuiteLoads
{
    private const int Digits = 16;

    /// <summary>
    /// Stands for the records, the way and the rate in which they come, the faults and the numbers of containers:
    /// 16 hexadecimal digits of SHA-256. Thresholds, budgets and the search for the highest rate are not in it, for
    /// they change nothing of what is measured; nor is anything of the Compose file, which is what is tried.
    /// </summary>
    public static string Fingerprint(TrialPlan plan, string suite)
    {
        var what = JsonSerializer.SerializeToUtf8Bytes<object?[]>(
        [
            Workload(plan.Spec.Workload),
            plan.Replicas.OrderBy(one => one.Key, StringComparer.Ordinal),
            suite switch
            {
                ContainerTestSuite.Distributed => plan.Spec.Distributed.Faults.Select(Fault),
                ContainerTestSuite.Faults => Faults(plan.Spec.Faults),
                ContainerTestSuite.Performance => Performance(plan.Spec.Performance),
                _ => plan.Spec.Integration,
            },
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(what))[..Digits];
    }

    /// <summary>A file by its name and size: where it lies says nothing.</summary>
    private static object Workload(WorkloadSpec load) => new
    {
        Kinds = load.Kinds.Select(kind => new
        {
            Name = Path.GetFileName(kind.File),
            new FileInfo(kind.File).Length,
            kind.KeyColumn,
            kind.KeyPrefix,
            kind.Weight,
        }),
        load.Queue,
        load.InsertSql,
        load.BatchSize,
        load.Rate,
    };

    private static object Fault(FaultSpec fault) => new
    {
        fault.Kind,
        Target = $"{fault.Target}",
        fault.Queue,
        At = $"{fault.At}",
        fault.For,
        fault.By,
        fault.From,
    };

    private static object Faults(FaultsSpec spec) => new { spec.Rate, spec.Hold, spec.Kinds };

    /// <summary>A shape as what it is, else its figures would be missing.</summary>
    private static object Performance(PerformanceSpec spec) => new
    {
        spec.Entrance,
        spec.Profiles,
        spec.WarmUp,
        Load = spec.Load.Select(phase => new
        {
            phase.Name,
            Kind = phase.Shape.GetType().Name,
            Shape = (object)phase.Shape,
            phase.Lasts,
        }),
    };
}
