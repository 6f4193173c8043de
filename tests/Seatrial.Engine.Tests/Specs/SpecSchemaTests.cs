using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Yaml;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Specs;

public sealed class SpecSchemaTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("schemas/seatrial.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    private static readonly string[] Examples =
    [
        .. File.ReadAllText(Repository.PathOf("docs/seatrial-yaml.md"))
            .Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]),
    ];

    [Fact]
    public void It_accepts_the_systems_own_file_and_every_example()
    {
        Assert.True(IsRight(File.ReadAllText(Repository.PathOf("systems/rpa/seatrial.yaml"))));
        Assert.All(Examples, text => Assert.True(IsRight(text), text));
    }

    [Fact]
    public void Its_keys_are_the_readers_keys()
    {
        var known = Keys("", SpecKeys.File).Order(StringComparer.Ordinal);

        Assert.Equal(known, Keys("", JsonNode.Parse(Text)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_systems_file_names_it_for_editors() => Assert.StartsWith(
        "# yaml-language-server: $schema=../../schemas/seatrial.schema.json\n",
        File.ReadAllText(Repository.PathOf("systems/rpa/seatrial.yaml")), StringComparison.Ordinal);

    [Theory]
    [InlineData("workload: {file: a, key: b}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a}")]
    [InlineData("records: {stages: [a], stagess: 1}\nworkload: {file: a, key: b}")]
    [InlineData("records: {stages: [a], queue: {table: a, id: b, state: c, states: {ready: a, running: b, done: c}}}\nworkload: {file: a, key: b}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b, rate: 0}")]
    [InlineData("records: {stages: [a]}\nworkload: {mix: []}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b, mix: [{file: a, key: b}]}")]
    [InlineData("records: {stages: [a]}\nworkload: {mix: [{file: a, key: b, weight: 0}]}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b, drain_within: 5 minutes}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\ndatabase: {port: 70000}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {distributed: {least_share: 20}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {distributed: {faults: [{at: 5%}]}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {distributed: {faults: [{kill: a}]}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {distributed: {faults: [{kill: {some_of: a}, at: 5%}]}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {distributed: {faults: [{kill: {one_of: a, all_of: a}, at: 5%}]}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {faults: {rate: 0}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {faults: {only: [murder]}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {faults: {budgets: {ttr: lease - 2s}}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {faults: {budgets: {waste: 2s}}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\nsuites: {faults: {budgets: {kill: {tttr: 2s}}}}")]
    [InlineData("records: {stages: [a]}\nworkload: {file: a, key: b}\npublish: [{project: a}]")]
    public void It_refuses_what_the_reader_refuses(string text) => Assert.False(IsRight(text));

    private static bool IsRight(string yaml)
    {
        var problems = new ProblemList();
        var tree = YamlFile.Parse("/x", yaml, problems);
        Assert.NotNull(tree);
        using var json = JsonDocument.Parse(YamlText.Json(tree));
        return Schema.Evaluate(json.RootElement).IsValid;
    }

    private static IEnumerable<string> Keys(string path, KeyShape shape) => shape.Each is { } each
        ? Keys(path + "*.", each)
        : shape.Honoured.SelectMany(entry =>
            (entry.Value is null ? [] : Keys($"{path}{entry.Key}.", entry.Value)).Prepend(path + entry.Key));

    private static IEnumerable<string> Keys(string path, JsonNode? schema)
    {
        if (schema is not JsonObject node)
        {
            return [];
        }

        var own = (node["properties"] as JsonObject ?? []).SelectMany(
            entry => Keys($"{path}{entry.Key}.", entry.Value).Prepend(path + entry.Key));
        var named = Keys(path + "*.", node["additionalProperties"]);
        var items = Keys(path, node["items"]);
        var forms = (node["anyOf"] as JsonArray ?? []).Concat(node["allOf"] as JsonArray ?? [])
            .SelectMany(form => Keys(path, form));
        var elsewhere = node["$ref"]?.GetValue<string>() is { } name
            ? Keys(path, JsonNode.Parse(Text)?["definitions"]?[name.Split('/')[^1]]) : [];
        return [.. own, .. named, .. items, .. forms, .. elsewhere];
    }
}
