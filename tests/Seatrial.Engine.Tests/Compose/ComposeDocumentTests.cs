using System.Text;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed class ComposeDocumentTests
{
    private const string Document = "docs/compose.md";
    private const string Start = "<!-- keys -->\n";
    private const string End = "<!-- /keys -->";

    [Fact]
    public void The_list_of_keys_is_the_readers_own()
    {
        var path = Repository.PathOf(Document);
        var text = File.ReadAllText(path);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(start, 0, end);

        var actual = text[..(start + Start.Length)] + Table() + text[end..];

        Assert.Equal(Golden.Expected(path, actual), actual);
    }

    private static string Table()
    {
        var table = new StringBuilder("| in | honoured | not honoured |\n|---|---|---|\n");
        AddRows("the file", "", ComposeKeys.File, table);
        return table.ToString();
    }

    private static void AddRows(string place, string path, KeyShape shape, StringBuilder table)
    {
        if (shape.Each is { } each)
        {
            AddRows($"`{path}.*`", $"{path}.*", each, table);
            return;
        }

        table.Append($"| {place} | {Names(shape.Honoured.Keys)} | {Names(shape.Unhonoured.Keys)} |\n");
        foreach (var (key, inner) in shape.Honoured.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (inner is not null)
            {
                var below = path.Length is 0 ? key : $"{path}.{key}";
                AddRows($"`{below}`", below, inner, table);
            }
        }
    }

    private static string Names(IEnumerable<string> keys) =>
        string.Join(", ", keys.Order(StringComparer.Ordinal).Select(key => $"`{key}`"));
}
