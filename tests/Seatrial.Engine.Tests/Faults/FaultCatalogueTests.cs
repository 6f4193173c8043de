using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Text;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Faults;

public sealed partial class FaultCatalogueTests
{
    private const string Schema = "schemas/seatrial.schema.json";
    private const string Documentation = "docs/faults.md";
    private const string Begin = "<!-- The catalogue: written by FaultCatalogueTests with SEATRIAL_GOLDEN=write. -->\n";
    private const string End = "<!-- End of the catalogue. -->\n";

    [Fact]
    public void It_has_at_least_thirty_kinds_under_names_of_their_own()
    {
        Assert.InRange(FaultCatalogue.All.Count, 30, 200);
        Assert.Equal(FaultCatalogue.Names.Count, FaultCatalogue.Names.Distinct().Count());
        Assert.All(FaultCatalogue.Names, name => Assert.Matches(NameForm(), name));
    }

    [Fact]
    public void Each_kind_says_in_a_sentence_what_happens() => Assert.All(FaultCatalogue.All, kind =>
    {
        Assert.EndsWith(".", kind.Meaning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', kind.Meaning);
    });

    [Fact]
    public void The_schema_has_every_kind_with_its_meaning()
    {
        var actual = JsonNode.Parse(Text(Schema)) ?? throw new InvalidDataException("The schema is empty.");
        var expected = actual.DeepClone();
        var faults = expected["properties"]?["suites"]?["properties"]?["distributed"]?["properties"]?["faults"]
            ?? throw new InvalidDataException("The schema has no faults.");
        faults["items"] = Items();
        var definitions = expected["definitions"] as JsonObject ?? throw new InvalidDataException("No definitions.");
        definitions["faultTarget"] = Target();
        Write(Schema, expected.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n");

        Assert.True(
            JsonNode.DeepEquals(expected, JsonNode.Parse(Text(Schema))), "Write it with SEATRIAL_GOLDEN=write.");
    }

    [Fact]
    public void The_documentation_has_every_kind_with_its_meaning()
    {
        var text = Text(Documentation);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(begin, 0, end);
        var expected = text[..begin] + Begin + "\n" + Table() + "\n" + text[end..];
        Write(Documentation, expected);

        Assert.Equal(expected, Text(Documentation));
    }

    private static string Table() => string.Concat(FaultCatalogue.All
        .Select(kind => $"| {kind.Lane.ToString().ToLowerInvariant()} | `{kind.Name}` | {kind.Meaning} | "
            + $"{(kind.By is null ? "" : $"`{FaultReader.Text(kind.By)}`: {kind.By.Meaning}")} | "
            + $"{(kind.Hold is { } hold ? $"`{Durations.Format(hold)}`" : "")} | {(kind.TakesPeer ? "yes" : "")} |\n")
        .Prepend("|---|---|---|---|---|---|\n")
        .Prepend("| lane | fault | what happens | `by` | `for` | `from` |\n"));

    private static JsonObject Items()
    {
        var properties = new JsonObject();
        foreach (var kind in FaultCatalogue.All)
        {
            properties[kind.Name] = new JsonObject
            {
                ["description"] = kind.Meaning,
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/faultTarget" }),
            };
        }

        properties["at"] = At();
        properties["queue"] = Word("Whose progress counts.");
        properties["for"] = new JsonObject
        {
            ["description"] = "How long it lasts.",
            ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/duration" }),
        };
        properties["by"] = new JsonObject
        {
            ["type"] = new JsonArray("string", "number"),
            ["description"] = "How strong it is, in the unit of its kind.",
        };
        properties["from"] = Word("The service that it is cut off from (the database).");
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Something that is done to the system.",
            ["properties"] = properties,
            ["required"] = new JsonArray("at"),
            ["additionalProperties"] = false,
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
            ["oneOf"] = new JsonArray([.. FaultCatalogue.Names.Select(
                name => new JsonObject { ["required"] = new JsonArray(name) })]),
        };
    }

    private static JsonObject At()
    {
        var events = new JsonObject();
        foreach (var (key, count) in FaultTriggerReader.Counts)
        {
            events[key] = new JsonObject
            {
                ["type"] = new JsonArray("integer", "string"),
                ["description"] = Meaning(count),
            };
        }

        events["by"] = Word("By this container, e.g. rpa1-2, or by any of this service.");
        events["of"] = Word("In this queue (the fault's own).");
        return new JsonObject
        {
            ["description"] = "When it happens: a part of the queue's records being done, a time into the load, a number "
                + "of records done, or an event of the log.",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["$ref"] = "#/definitions/share" },
                new JsonObject { ["$ref"] = "#/definitions/duration" },
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = events,
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                }),
        };
    }

    private static string Meaning(LogCount count) => count switch
    {
        LogCount.Enqueue => "When so many records were put in.",
        LogCount.Claim => "When so many records were claimed, and one of them is not done yet.",
        LogCount.Done => "When so many records were done.",
        LogCount.Lost => "When so many records were taken from their holder.",
        LogCount.Dead => "When so many records were given up.",
    };

    private static JsonObject Target()
    {
        var properties = new JsonObject();
        foreach (var (key, choice) in FaultTarget.Keys)
        {
            properties[key] = choice is TargetChoice.HolderOf
                ? new JsonObject { ["type"] = new JsonArray("string", "number"), ["description"] = Meaning(choice) }
                : Word(Meaning(choice));
        }

        return new JsonObject
        {
            ["description"] = "Whom it is aimed at: one container of a service, or another choice.",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string" },
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                    ["maxProperties"] = 1,
                }),
        };
    }

    private static string Meaning(TargetChoice choice) => choice switch
    {
        TargetChoice.OneOf => "One container of this service.",
        TargetChoice.Container => "This container: its service and number, e.g. rpa1-2.",
        TargetChoice.MinorityOf => "As many of this service as can be without being half of them.",
        TargetChoice.AllOf => "Every container of this service.",
        TargetChoice.HolderOf => "The one whose worker holds the record of this key.",
        TargetChoice.LastToClaim => "The one whose worker was the last to claim from this queue.",
    };

    private static JsonObject Word(string meaning) => new() { ["type"] = "string", ["description"] = meaning };

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file));

    private static void Write(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            File.WriteAllText(Repository.PathOf(file), text);
        }
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex NameForm();
}
