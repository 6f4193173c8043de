using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Chaos;

/// <summary>From a schedule's file to what it means for a system.</summary>
public static class ScheduleReader
{
    private const int MostReplicas = 1000;

    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    private static readonly KeyShape _shape = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("seed", "rate"))
        {
            ["replicas"] = new() { Each = new() },
            ["rounds"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("for")) { ["faults"] = SpecKeys.Event },
            },
        },
    };

    /// <summary>Bad input ends in problems with their places, never in an exception; then there is no
    /// schedule.</summary>
    public static (ChaosSchedule? Schedule, IReadOnlyList<Problem> Problems) Read(
        string file, ComposeProject project, SystemSpec spec)
    {
        var problems = new ProblemList();
        var tree = YamlFile.Load(file, problems);
        var schedule = tree is null ? null : Read(Field.Root(tree, problems), project, spec);
        return (problems.HasErrors ? null : schedule, problems.Sorted());
    }

    private static ChaosSchedule? Read(Field root, ComposeProject project, SystemSpec spec)
    {
        KeyCheck.Check(root, _shape, "a schedule of chaos");
        var replicas = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (service, value) in root["replicas"].Given ? root["replicas"].Entries() : [])
        {
            ServiceNames.Check(service, value, project);
            replicas[service] = value.Whole(1, MostReplicas) ?? 1;
        }

        if (!root["rounds"].Given)
        {
            root.Problems.Add(
                root.At, Severity.Error, "The schedule has no rounds.",
                "Write rounds: with a list of {for: DURATION, faults: […]}; --dry-run prints an example.");
            return null;
        }

        var ids = new HashSet<string>();
        var rounds = root["rounds"].Items()
            .Select((round, i) => Round(round, i + 1, ids, project, spec)).ToList();
        if (rounds.Count is 0)
        {
            root["rounds"].Error("is empty: a trial of nothing proves nothing.", "Write at least one round.");
        }

        return new ChaosSchedule
        {
            Seed = Seed(root["seed"]),
            Rate = root["rate"].Whole(1, 1_000_000) ?? spec.Workload.Rate ?? 400,
            Replicas = replicas,
            Rounds = rounds,
        };
    }

    private static ulong Seed(Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return 1;
        }

        if (ulong.TryParse(text, out var seed))
        {
            return seed;
        }

        field.WrongKind("a seed", "Write a whole number of 0 or more.");
        return 1;
    }

    private static ChaosRound Round(
        Field field, int number, HashSet<string> ids, ComposeProject project, SystemSpec spec)
    {
        var length = TimeSpan.FromSeconds(10);
        if (!field.IsMap)
        {
            field.WrongKind("a round", "Write e.g. {for: 10s, faults: []}.");
        }
        else if (!field["for"].Given)
        {
            field.Error("does not say how long.", "Write for: with how long the load lasts, e.g. 10s.");
        }
        else if (field["for"].Duration() is { } time)
        {
            length = time;
            if (time <= TimeSpan.Zero || time > _longest)
            {
                field["for"].Error("is out of bounds.", "Write a duration above 0s, up to 1h.");
            }
        }

        var faults = field["faults"];
        return new ChaosRound(length, faults.Given && !faults.IsNull
            ? [.. faults.Items().Select((item, i) => Event(item, $"r{number}-{i + 1}", ids, project, spec))
                .OfType<ChaosEvent>()]
            : []);
    }

    private static ChaosEvent? Event(
        Field field, string usual, HashSet<string> ids, ComposeProject project, SystemSpec spec)
    {
        var id = field["id"].Scalar() ?? usual;
        if (!ids.Add(id))
        {
            field["id"].Error($"is {YamlWords.Shorten(id)}, as another fault's.", "Give each fault an id of its own.");
        }

        var fault = FaultReader.Read(field, spec.Mapping, project);
        if (fault is { At: FaultTrigger.Part })
        {
            field["at"].Error(
                "has no meaning in chaos, where nobody knows how many records there will be.",
                "Write a time such as 5s, or an event of the log such as {done: 500}.");
        }

        return fault is null ? null : new ChaosEvent(id, fault);
    }
}
