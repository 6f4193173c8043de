using Seatrial.Engine.Chaos;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Chaos;

/// <summary>Which faults a failure most likely needs: those that met whoever had the records in question.</summary>
internal static class Suspects
{
    /// <summary>Ids of faults: of those at these workers, then of those at the database, too.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(ChaosSchedule schedule, string database, RunResult failed)
    {
        var owners = failed.Suites.SelectMany(suite => suite.Checks)
            .Where(check => check.Verdict is Verdict.Fail)
            .SelectMany(check => check.Findings)
            .SelectMany(finding => finding.History)
            .Select(happened => happened.Owner)
            .OfType<string>()
            .ToHashSet();
        var places = failed.Suites.SelectMany(suite => suite.Workers)
            .Where(worker => worker.Container is not null && owners.Contains(worker.Owner))
            .Select(worker => Place(worker.Container ?? ""))
            .ToHashSet();
        return
        [
            [.. schedule.Events.Where(one => Meets(one, places)).Select(one => one.Id)],
            [
                .. schedule.Events.Where(one => Meets(one, places) || one.Fault.Target.Of == database)
                    .Select(one => one.Id),
            ],
        ];
    }

    private static bool Meets(ChaosEvent one, HashSet<string> places) => one.Fault.Target is var target
        && places.Any(place => target.Number is { } number
            ? place == $"{target.Of}-{number}"
            : place.StartsWith(target.Of + "-", StringComparison.Ordinal));

    /// <summary>One that replaced another bears a letter behind its place: <c>rpa1-2b</c>.</summary>
    private static string Place(string container) => container.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
}
