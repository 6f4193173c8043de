using Seatrial.Engine.Compose;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Every key of <c>seatrial.yaml</c>.</summary>
internal static class SpecKeys
{
    private static readonly KeyShape Records = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("stages"))
        {
            ["queue"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
                    "table", "id", "queue_name", "key", "state", "owner", "epoch", "lease_until", "error"))
                {
                    ["states"] = new() { Honoured = KeyShape.Plain("ready", "running", "done", "dead") },
                },
            },
            ["effect"] = new() { Honoured = KeyShape.Plain("table", "record", "queue_name", "owner", "epoch") },
        },
    };

    private static readonly KeyShape Target = new() { Honoured = KeyShape.Plain([.. FaultTarget.Keys.Keys]) };

    /// <summary>Of a fault in a schedule of chaos.</summary>
    public static readonly KeyShape Event = new()
    {
        Honoured = FaultKeys().Append(KeyValuePair.Create("id", (KeyShape?)null)).ToDictionary(),
    };

    private static readonly KeyShape Distributed = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("replicas", "least_share", "thresholds"))
        {
            ["faults"] = new() { Honoured = FaultKeys() },
        },
    };

    private static readonly KeyValuePair<string, KeyShape?>[] Budgets =
        [.. KeyShape.Plain([.. Measures.All.Select(Measures.Key)])];

    private static readonly KeyShape Faults = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("rate", "hold", "only", "except", "thresholds"))
        {
            ["budgets"] = new()
            {
                Honoured = Budgets
                    .Concat(FaultCatalogue.Names.Select(kind => KeyValuePair.Create(
                        kind, (KeyShape?)new KeyShape { Honoured = Budgets.ToDictionary() })))
                    .ToDictionary(),
            },
        },
    };

    private static readonly KeyShape Performance = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("entrance", "profiles", "warm_up", "thresholds"))
        {
            ["load"] = new() { Honoured = KeyShape.Plain([.. LoadReader.Keys]) },
            ["search"] = new() { Honoured = KeyShape.Plain("from", "to", "trial", "trials", "within", "objectives") },
        },
    };

    private static readonly KeyShape Integration = new()
    {
        Honoured = KeyShape.Plain(
            "profiles", "records", "entrance", "counted_in", "rejected", "prometheus", "receiver", "alert", "prefect"),
    };

    /// <summary>Of the file.</summary>
    public static readonly KeyShape File = new()
    {
        Honoured = new Dictionary<string, KeyShape?>
        {
            ["publish"] = new() { Honoured = KeyShape.Plain("project", "output", "runtime") },
            ["copy"] = new() { Honoured = KeyShape.Plain("from", "to") },
            ["bases"] = new() { Each = new() { Honoured = ComposeKeys.BuildKeys.Honoured } },
            ["database"] = new() { Honoured = KeyShape.Plain("service", "port", "name", "user", "password") },
            ["records"] = Records,
            ["workload"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
                    "file", "key", "key_prefix", "queue", "insert", "batch_size", "rate", "drain_within"))
                {
                    ["mix"] = new() { Honoured = KeyShape.Plain([.. RecordKindReader.Keys]) },
                },
            },
            ["suites"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>
                {
                    ["distributed"] = Distributed,
                    ["faults"] = Faults,
                    ["performance"] = Performance,
                    ["integration"] = Integration,
                },
            },
        },
    };

    private static Dictionary<string, KeyShape?> FaultKeys() =>
        new(KeyShape.Plain("queue", "for", "by", "from")
            .Append(KeyValuePair.Create("at", (KeyShape?)FaultTriggerReader.Shape))
            .Concat(FaultCatalogue.Names.Select(kind => KeyValuePair.Create(kind, (KeyShape?)Target))));
}
