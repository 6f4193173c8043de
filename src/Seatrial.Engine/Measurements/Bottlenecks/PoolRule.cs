using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;
using Seatrial.Wire;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>
/// A worker all of whose sessions are taken all the time, while neither it nor the database has anything to compute:
/// its handlers wait for one another.
/// </summary>
internal static class PoolRule
{
    private const double Taken = 0.85;
    private const double Quiet = 0.5;
    private const int Big = 20;
    private const int LeastTold = 3;

    public static IEnumerable<Bottleneck> See(Situation now) => now.Database.Count == 0
        ? [] : now.Workers.Select(series => Of(now, series)).OfType<Bottleneck>();

    private static Bottleneck? Of(Situation now, ResourceSeries worker)
    {
        var looks = now.Database
            .Select(sample => sample.Sessions.Where(session => worker.Addresses.Contains(session.Address)).ToList())
            .ToList();
        if ((ByTheWorker(now, worker) ?? ByTheDatabase(looks)) is not { } pool)
        {
            return null;
        }

        var (usable, taken) = (pool.Size, pool.Taken);
        var computing = looks.Average(look => (double)look.Where(IsComputing).Sum(one => one.Count)) / usable;
        var own = (now.Cores(worker) ?? 0) / now.Limit(worker);
        var database = now.DatabaseContainer is { } series ? (now.Cores(series) ?? 0) / now.Limit(series) : 0;
        if (taken < Taken || computing > Quiet || own > Quiet || database > Quiet || now.MachineUse > Taken)
        {
            return null;
        }

        var bigger = Bigger(now, worker, usable);
        var change = bigger ?? now.TwiceTheReplicas(worker);
        var gain = Math.Min(change.Proposed / change.Now ?? 1, 1 / Math.Max(0.1, Math.Max(own, database)));
        return new Bottleneck
        {
            Name = "pool",
            Where = worker.Container,
            Summary = $"All {usable} sessions of {worker.Container} are taken {Figures.Percent(taken, 1)} of the time, "
                + "while records wait and neither it nor the database has much to compute.",
            Evidence =
            [
                new("sessions", $"{usable}, never more"),
                new("part of the time that they are taken", Figures.Percent(taken, 1), "below 85 %"),
                new("part of it that the database works for them", Figures.Percent(computing, 1)),
                new("part of its processors that the worker uses", Figures.Percent(own, 1), "above 50 %"),
                new("part of its processors that the database uses", Figures.Percent(database, 1), "above 50 %"),
            ],
            Confidence = Situation.Confidence(
                0.4 + (0.3 * taken) + (0.2 * (1 - computing)) + (usable <= 4 ? 0.05 : 0), looks.Count),
            Recommendation = $"Raise the pool of {worker.Service} from {bigger?.Now ?? usable} to "
                + $"{bigger?.Proposed ?? (4 * usable)} connections{(bigger is null ? " in its code" : "")}, and hold none "
                + $"while a handler waits for something else{(bigger is null ? "; more replicas have one each" : "")}.",
            ExpectedGain = $"up to {Figures.Number(gain, 1)} times "
                + "the records of its queue, until processor or database are busy",
            Gain = Math.Round(gain, 2),
            Verify = "Sessions are not all taken at most looks, and the records done a second rise.",
            Change = change,
        };
    }

    /// <summary>
    /// Null where the pool is another than the one that a variable bounds: one session of that may listen, and is not
    /// counted.
    /// </summary>
    private static ResourceChange? Bigger(Situation now, ResourceSeries worker, int usable) =>
        now.Settings(worker)?.PoolSize is < ContainerDefaults.MostPoolSize and { } size
            && (size == usable || size == usable + 1)
            ? new ResourceChange(
                worker.Service,
                ContainerVariables.QueuePoolSize,
                size,
                Math.Min(4 * size, ContainerDefaults.MostPoolSize))
            : null;

    /// <summary>Its own runtime knows which connections are in a handler's hands, busy or not.</summary>
    private static (int Size, double Taken)? ByTheWorker(Situation now, ResourceSeries worker)
    {
        var told = worker.Samples.Where(sample => now.Window.Holds(sample.At))
            .Select(sample => sample.Runtime).OfType<RuntimeSample>()
            .Where(runtime => runtime is { Most: > 0, Taken: not null }).ToList();
        return told.Count < LeastTold ? null
            : ((int)told[^1].Most.GetValueOrDefault(), told.Average(one => one.Taken / one.Most).GetValueOrDefault());
    }

    /// <summary>The database sees only those in a transaction or a statement.</summary>
    private static (int Size, double Taken)? ByTheDatabase(List<List<SessionCount>> looks)
    {
        var size = looks.Max(Count);

        // One session that listens for wake-ups is never in a handler's hands.
        var usable = size - Math.Min(1, looks.Min(look => look.Where(session => session.IsIdle).Sum(one => one.Count)));
        var busy = looks.Average(look => (double)look.Where(session => !session.IsIdle).Sum(one => one.Count));
        return usable is < 1 or > Big || looks.Count(look => Count(look) == size) < Taken * looks.Count
            ? null : (usable, busy / usable);
    }

    private static int Count(IEnumerable<SessionCount> sessions) => sessions.Sum(session => session.Count);

    private static bool IsComputing(SessionCount session) =>
        session.State is "active" && session.WaitType is not ("Client" or "Lock");
}
