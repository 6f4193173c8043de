using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Specs;

/// <summary>The schema's part on the fault suite, written with <c>SEATRIAL_GOLDEN=write</c>.</summary>
public sealed class FaultsSchemaTests
{
    private static readonly string _file = Repository.PathOf("schemas/seatrial.schema.json");

    [Fact]
    public void The_schema_has_every_kind_and_every_measure()
    {
        var text = File.ReadAllText(_file);
        var schema = JsonNode.Parse(text) ?? throw new InvalidDataException("The schema is empty.");
        (schema["properties"]?["suites"]?["properties"] as JsonObject
            ?? throw new InvalidDataException("The schema has no suites."))["faults"] = Suite();
        var definitions = schema["definitions"] as JsonObject
            ?? throw new InvalidDataException("The schema has no definitions.");
        definitions["aboveLease"] = AboveLease();
        definitions["amount"] = Amount();
        var expected = schema.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            File.WriteAllText(_file, expected);
        }

        Assert.True(
            JsonNode.DeepEquals(schema, JsonNode.Parse(File.ReadAllText(_file))),
            "Write it with SEATRIAL_GOLDEN=write.");
    }

    private static JsonObject Suite() => Map("What every kind of fault costs, one after the other.", new JsonObject
    {
        ["rate"] = new JsonObject
        {
            ["description"] = "Records a second that come in (100).",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
                new JsonObject { ["$ref"] = "#/definitions/variable" }),
        },
        ["hold"] = Of("How long a fault lasts that does not end by itself (2s).", "duration"),
        ["only"] = Kinds("The kinds that are taken (all that can be had)."),
        ["except"] = Kinds("Kinds that are not taken."),
        ["thresholds"] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "What has to hold beside: recovery.ttr < 10s.",
            ["items"] = new JsonObject { ["type"] = "string" },
        },
        ["budgets"] = Map("What a fault may cost at most.", AllBudgets()),
    });

    private static JsonObject AllBudgets()
    {
        var all = Budgets();
        foreach (var kind in FaultCatalogue.Names)
        {
            all[kind] = Map($"What {kind} may cost at most.", Budgets());
        }

        return all;
    }

    private static JsonObject Budgets()
    {
        var budgets = new JsonObject();
        foreach (var measure in Measures.All)
        {
            var meaning = Measures.Meaning(measure);
            budgets[Measures.Key(measure)] = Of(
                $"{char.ToUpperInvariant(meaning[0])}{meaning[1..]}.",
                measure switch
                {
                    Measure.Waste => "share",
                    Measure.Processor => "amount",
                    Measure.Detect or Measure.Recover or Measure.Drain or Measure.Reclaim or Measure.LockHeld =>
                        "aboveLease",
                });
        }

        return budgets;
    }

    private static JsonObject Kinds(string meaning) => new()
    {
        ["type"] = "array",
        ["description"] = meaning,
        ["items"] = new JsonObject
        {
            ["enum"] = new JsonArray([.. FaultCatalogue.Names.Select(name => (JsonNode)name)]),
        },
    };

    private static JsonObject AboveLease() => new()
    {
        ["description"] = "A duration, or the lease and a duration.",
        ["type"] = new JsonArray("string", "integer"),
        ["pattern"] = @"^(lease *\+ *)?([0-9.]+(h|m|s|ms|us|ns))+$|^lease$|\$|^0$",
    };

    private static JsonObject Amount() => new()
    {
        ["type"] = new JsonArray("number", "string"),
        ["pattern"] = @"^[0-9.]+$|\$",
    };

    private static JsonObject Of(string meaning, string definition) => new()
    {
        ["description"] = meaning,
        ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/definitions/{definition}" }),
    };

    private static JsonObject Map(string meaning, JsonObject properties) => new()
    {
        ["type"] = "object",
        ["description"] = meaning,
        ["properties"] = properties,
        ["additionalProperties"] = false,
        ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
    };
}
