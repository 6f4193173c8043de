using System.Text.RegularExpressions;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Tests.Compose;
using Seatrial.Engine.Yaml;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Specs;

public sealed partial class SpecDocumentTests
{
    private static readonly IReadOnlyList<string> Examples =
    [
        .. File.ReadAllText(Repository.PathOf("docs/seatrial-yaml.md"))
            .Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]),
    ];

    [Fact]
    public void Every_example_is_a_file_that_can_be_read()
    {
        Assert.Equal(4, Examples.Count);
        Assert.All(Examples, text => Assert.Empty(Read(text).Problems));
    }

    [Fact]
    public void Every_key_stands_in_an_example()
    {
        var problems = new ProblemList();
        var written = Examples.SelectMany(text => Keys(Field.Root(Parse(text), problems))).ToHashSet();

        Assert.Empty(Known("", SpecKeys.File).Select(Kind).Except(written));

        YamlNode.Map Parse(string text) =>
            YamlFile.Parse("/example", text, problems) ?? throw new FormatException("The example is no YAML.");
    }

    private static SpecReading Read(string text)
    {
        using var folder = new SystemFolder()
            .With("compose.yaml", """
                services: {db: {image: db}, orders: {image: o}, parcels: {image: p}, lb: &off {image: x, profiles: [w]},
                  prometheus: *off, receiver: *off, prefect: *off}
                """)
            .With("shop.csproj", "<Project />")
            .With("orders.csv", "number,size\n1,2\n")
            .With("returns.csv", "number,size\n1,2\n")
            .With("monday.txt", "0\n0.5\n")
            .With("seatrial.yaml", text);
        return folder.ReadSpec();
    }

    // Paths without the numbers of items, and with * for names of the user's choice.
    private static IEnumerable<string> Keys(Field field)
    {
        var below = field.IsMap ? field.Entries().Select(entry => entry.Value) : field.IsList ? field.Items() : [];
        return below.SelectMany(inner => Keys(inner).Prepend(
            Kind(Item().Replace(inner.Path.Replace("shop/base", "*", StringComparison.Ordinal), ""))));
    }

    // The kinds of fault stand in docs/faults.md; here one is enough for all.
    private static string Kind(string path) => string.Join(
        '.', path.Split('.').Select(key => FaultCatalogue.Names.Contains(key) ? "kill" : key));

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Item();

    private static IEnumerable<string> Known(string path, KeyShape shape)
    {
        var prefix = path.Length is 0 ? "" : path + ".";
        return shape.Each is { } each
            ? Known(prefix + "*", each)
            : shape.Honoured.SelectMany(entry =>
                (entry.Value is null ? [] : Known(prefix + entry.Key, entry.Value)).Prepend(prefix + entry.Key));
    }
}
