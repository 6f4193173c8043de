using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Tests.Yaml;

public sealed class YamlFileTests
{
    private readonly ProblemList _problems = new();

    [Fact]
    public void Every_value_has_its_line_and_column()
    {
        var root = Read("a: 1\nb:\n  c: [x, 'y']\n  d: |\n    text\n");

        Assert.Equal("/f.yaml:1:4", root["a"].At.ToString());
        Assert.Equal("/f.yaml:2:1", root["b"].At.ToString());
        Assert.Equal("/f.yaml:3:3", root["b"]["c"].At.ToString());
        Assert.Equal("/f.yaml:3:10", root["b"]["c"].Items().Last().At.ToString());
        Assert.Equal("/f.yaml:4:6", root["b"]["d"].At.ToString());
    }

    [Fact]
    public void What_is_absent_stands_where_it_would_have_stood()
    {
        var root = Read("a:\n  b: 1\n");

        Assert.Equal("/f.yaml:1:1", root["a"]["x"]["y"].At.ToString());
        Assert.Equal("a.x.y", root["a"]["x"]["y"].Path);
    }

    [Fact]
    public void Own_keys_win_over_merged_ones_and_earlier_mappings_over_later_ones()
    {
        var root = Read("x: &x {a: x, b: x}\ny: &y {b: y, c: y}\nz:\n  <<: [*x, *y]\n  a: z\n");

        Assert.Equal(["a=z", "b=x", "c=y"], root["z"].Entries().Select(entry => $"{entry.Key}={entry.Value.Text()}"));
        Assert.Empty(_problems.Sorted());
    }

    [Fact]
    public void A_merged_value_keeps_the_place_where_it_is_written()
    {
        var root = Read("x: &x\n  a: 1\nz:\n  <<: *x\n");

        Assert.Equal("/f.yaml:2:6", root["z"]["a"].At.ToString());
        Assert.Equal("z.a", root["z"]["a"].Path);
    }

    [Fact]
    public void A_merge_of_a_mapping_that_merges_brings_all()
    {
        var root = Read("x: &x {a: 1}\ny: &y\n  <<: *x\n  b: 2\nz:\n  <<: *y\n");

        Assert.Equal(["b", "a"], root["z"].Entries().Select(entry => entry.Key));
    }

    [Fact]
    public void A_quoted_merge_key_is_a_key()
    {
        var root = Read("x: &x {a: 1}\nz: {\"<<\": *x}\n");

        Assert.Equal(["<<"], root["z"].Entries().Select(entry => entry.Key));
    }

    [Theory]
    [InlineData("a: x", "x", false)]
    [InlineData("a: 12", "12", true)]
    [InlineData("a: -1.5e3", "-1.5e3", true)]
    [InlineData("a: 0o17", "0o17", true)]
    [InlineData("a: true", "true", true)]
    [InlineData("a: yes", "yes", false)]
    [InlineData("a: no", "no", false)]
    [InlineData("a: 22:22", "22:22", false)]
    [InlineData("a: 1.2.3", "1.2.3", false)]
    [InlineData("a: '12'", "12", false)]
    [InlineData("a: !!str 12", "12", false)]
    [InlineData("a: ! 12", "12", false)]
    [InlineData("a: >-\n  one\n  two\n", "one two", false)]
    [InlineData("a: |\n  one\n  two\n", "one\ntwo\n", false)]
    [InlineData("a: \"b\\tc\"", "b\tc", false)]
    public void Scalars_are_of_YAML_1_2(string text, string value, bool isNoText)
    {
        var field = Read(text)["a"];

        Assert.Equal(value, field.Scalar());
        Assert.Equal(isNoText ? null : value, field.Text());
    }

    [Theory]
    [InlineData("a:")]
    [InlineData("a: ~")]
    [InlineData("a: null")]
    public void Nothing_is_null(string text) => Assert.True(Read(text)["a"].IsNull);

    [Theory]
    [InlineData("", "/f.yaml:1:1", "is empty", null)]
    [InlineData("# nothing\n", "/f.yaml:1:1", "is empty", null)]
    [InlineData("- a\n", "/f.yaml:1:1", "is a list, where a mapping belongs", null)]
    [InlineData("hello", "/f.yaml:1:1", "is the text \"hello\", where a mapping belongs", null)]
    [InlineData("a: 1\na: 2\n", "/f.yaml:2:1", "The key a stands twice", null)]
    [InlineData("a: *x\n", "/f.yaml:1:4", "The alias *x has no anchor", null)]
    [InlineData("a: &a [*a]\n", "/f.yaml:1:8", "The alias *a has no anchor", null)]
    [InlineData("a: !reset null\n", "/f.yaml:1:4", "The tag !reset is not honoured", null)]
    [InlineData("a: !other null\n", "/f.yaml:1:4", "The tag !other is not known", null)]
    [InlineData("? [a]\n: b\n", "/f.yaml:1:3", "A key is not text", null)]
    [InlineData("a: {<<: 3}\n", "/f.yaml:1:9", "The merge key << takes mappings", null)]
    [InlineData("a: {<<: [3]}\n", "/f.yaml:1:10", "The merge key << takes mappings", null)]
    [InlineData("a: 1\n---\nb: 2\n", "/f.yaml:2:1", "holds a second document", null)]
    [InlineData("a:\n\tb: 1\n", "/f.yaml:1:1", "is not valid YAML here", "tab")]
    [InlineData("a: b: c\n", "/f.yaml:1:5", "is not valid YAML here", "another key")]
    [InlineData("a: 'x\n", "/f.yaml:1:4", "is not valid YAML here", "never closed")]
    [InlineData("a: [1,\nb: 2\n", "/f.yaml:1:4", "is not valid YAML here", "not closed")]
    [InlineData("a: [1", "/f.yaml:1:4", "is not valid YAML here", "not closed")]
    [InlineData("a: !![\n", "/f.yaml:1:2", "is not valid YAML here", "name of a tag")]
    [InlineData("a: {b: [1], c: {d: 1", "/f.yaml:1:16", "is not valid YAML here", "not closed")]
    [InlineData("a: @x\n", "/f.yaml:1:4", "is not valid YAML here", "No value can begin")]
    [InlineData("a:\n  - b\n c: d\n", "/f.yaml:3:2", "is not valid YAML here", "fits no mapping")]
    [InlineData("a: \"\\q\"\n", "/f.yaml:1:4", "is not valid YAML here", "backslash")]
    [InlineData("a: *\n", "/f.yaml:1:4", "is not valid YAML here", "no name")]
    [InlineData("%YAML 3.0\n---\na: 1\n", "/f.yaml:1:1", "is not valid YAML here", "incompatible")]
    public void What_is_wrong_is_told_with_its_place(string text, string where, string what, string? why)
    {
        YamlFile.Parse("/f.yaml", text, _problems);

        var problem = Assert.Single(_problems.Sorted());
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Contains(why ?? "", problem.Why ?? "", StringComparison.Ordinal);
        Assert.Equal(where, problem.Where);
    }

    [Fact]
    public void A_mistyped_alias_is_told_what_was_meant()
    {
        YamlFile.Parse("/f.yaml", "a: &worker {}\nb: *wroker\n", _problems);

        Assert.StartsWith("Did you mean worker?", Assert.Single(_problems.Sorted()).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_told()
    {
        YamlFile.Parse("/f.yaml", "a: " + new string('[', 50_000) + new string(']', 50_000), _problems);

        Assert.Contains("levels deep", Assert.Single(_problems.Sorted()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_of_aliases_that_would_fill_the_memory_are_told()
    {
        var lines = Enumerable.Range(1, 30).Select(
            i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]");

        YamlFile.Parse("/f.yaml", $"a0: &a0 x\n{string.Join('\n', lines)}\n", _problems);

        Assert.Contains("with its aliases", Assert.Single(_problems.Sorted()).What, StringComparison.Ordinal);
    }

    private Field Read(string text)
    {
        var root = YamlFile.Parse("/f.yaml", text, _problems);
        Assert.True(root is not null, string.Join("\n", _problems.Sorted()));
        return Field.Root(root, _problems);
    }
}
