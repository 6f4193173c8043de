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
    public void The_table_of_keys_is_what_reading_each_of_them_shows()
    {
        var path = Repository.PathOf(Document);
        var text = File.ReadAllText(path);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(start, 0, end);

        var actual = text[..(start + Start.Length)] + Table() + text[end..];

        Assert.Equal(Golden.Expected(path, actual), actual);
    }

    [Fact]
    public void No_key_is_dropped_without_a_word() => Assert.DoesNotContain(
        ComposeKeyCase.All, @case => KeyOutcomes.Of(@case) is KeyOutcome.Dropped);

    [Fact]
    public void Every_key_that_the_reader_knows_is_in_the_table()
    {
        var cases = ComposeKeyCase.All.Select(@case => @case.Key.Split(',')[0]).ToHashSet();

        Assert.Equal([], Known("", ComposeKeys.File).Except(cases));
    }

    [Fact]
    public void A_key_with_any_outcome_is_in_the_file_that_is_printed()
    {
        foreach (var (_, first, again) in ComposeKeyCase.All.Select(@case => @case.Read()))
        {
            if (first.Project is { } project)
            {
                Assert.True(again.Project is not null, string.Join('\n', again.Problems));
                Assert.Equal(ModelText.Of(project), ModelText.Of(again.Project));
                Assert.Equal(first.Canonical(asJson: false), again.Canonical(asJson: false));
            }
        }
    }

    private static string Table()
    {
        var outcomes = ComposeKeyCase.All.Select(@case => (Case: @case, Outcome: KeyOutcomes.Of(@case))).ToList();
        var table = new StringBuilder();
        var counts = outcomes.CountBy(row => row.Outcome).ToDictionary();
        table.Append($"{counts[KeyOutcome.Honoured]} honoured, {counts[KeyOutcome.Reported]} reported, ")
            .Append($"{counts[KeyOutcome.Refused]} refused.\n\n| key | | as in |\n|---|---|---|\n");
        foreach (var (@case, outcome) in outcomes)
        {
            var example = @case.With.Replace("|", "\\|", StringComparison.Ordinal);
            table.Append($"| `{@case.Key.Replace(", ", "`, ", StringComparison.Ordinal)}")
                .Append(@case.Key.Contains(", ", StringComparison.Ordinal) ? "" : "`")
                .Append($" | {Word(outcome)} | `{example}` |\n");
        }

        return table.ToString();
    }

    private static string Word(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.Honoured => "honoured",
        KeyOutcome.Reported => "**reported**",
        KeyOutcome.Refused => "**refused**",
        KeyOutcome.Free => "yours",
        KeyOutcome.Dropped => "dropped",
    };

    // Keys that hold no fixed keys of their own, and what is reported as a whole.
    private static IEnumerable<string> Known(string path, KeyShape shape)
    {
        if (shape.Each is { } each)
        {
            return Known(path.Length is 0 ? "*" : path + ".*", each);
        }

        var prefix = path.Length is 0 ? "" : path + ".";
        return shape.Honoured
            .SelectMany(entry => entry.Value is null ? [prefix + entry.Key] : Known(prefix + entry.Key, entry.Value))
            .Concat(shape.Unhonoured.Keys.Select(key => prefix + key));
    }
}
