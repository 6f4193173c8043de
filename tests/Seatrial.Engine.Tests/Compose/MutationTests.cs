using System.Text.RegularExpressions;
using CsCheck;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed partial class MutationTests
{
    private const string Letters = " \t\n:-?{}[],&*#!|>'\"%@`~<$\\/.=ab1\0\u0085é";

    private static readonly Dictionary<string, string> NoEnvironment = [];

    // What to do to a text, where in it, and with which letter.
    private static readonly Gen<(int Kind, int Place, char Letter)[]> Edits =
        Gen.Select(
            Gen.Int[0, 6], Gen.Int[0, 9_999], Gen.Char[Letters],
            (kind, place, letter) => (kind, place, letter)).Array[1, 6];

    [Fact]
    public void Any_damage_to_the_systems_compose_file_ends_in_a_model_or_in_problems_with_places()
    {
        var text = File.ReadAllText(Repository.PathOf("systems/rpa/compose.yaml"));
        Edits.Sample(
            edits =>
            {
                using var folder = new SystemFolder().With("compose.yaml", edits.Aggregate(text, Apply));
                var reading = folder.Read();
                AssertTold(reading.Project is not null, reading.Problems);
            },
            iter: 2_000);
    }

    [Fact]
    public void Any_damage_to_the_systems_seatrial_file_ends_in_a_spec_or_in_problems_with_places()
    {
        var text = File.ReadAllText(Repository.PathOf("systems/rpa/seatrial.yaml"));
        var project = ComposeReader.Read(Repository.PathOf("systems/rpa"), NoEnvironment).Project;
        Assert.NotNull(project);
        Edits.Sample(
            edits =>
            {
                using var folder = new SystemFolder().With("seatrial.yaml", edits.Aggregate(text, Apply));
                var reading = SpecReader.Read(project with { Directory = folder.Path }, NoEnvironment);
                AssertTold(reading.Spec is not null, reading.Problems);
            },
            iter: 2_000);
    }

    [Fact]
    public void Any_text_ends_in_a_model_or_in_problems_with_places() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[Letters], 0, 60]).Sample(
            text =>
            {
                using var folder = new SystemFolder().With("compose.yaml", text);
                var reading = folder.Read();
                AssertTold(reading.Project is not null, reading.Problems);
            },
            iter: 2_000);

    private static void AssertTold(bool isRead, IReadOnlyList<Problem> problems)
    {
        Assert.Equal(isRead, problems.All(problem => problem.Severity is Severity.Warning));
        Assert.All(problems, problem =>
        {
            Assert.Matches(Place(), problem.Where);
            Assert.NotEmpty(problem.What);
            Assert.NotEmpty(problem.Fix);
            Assert.DoesNotContain(problem.What + problem.Fix, letter => char.IsControl(letter));
        });
    }

    private static string Apply(string text, (int Kind, int Place, char Letter) edit)
    {
        if (text.Length is 0)
        {
            return text;
        }

        var at = edit.Place % text.Length;
        var line = text.LastIndexOf('\n', at) + 1;
        var next = text.IndexOf('\n', line) + 1;
        var end = next > line ? next : text.Length;
        return edit.Kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, edit.Letter.ToString()),
            2 => text[..at] + edit.Letter + text[(at + 1)..],
            3 => text[..line] + text[Math.Max(line, end)..],
            4 => text.Insert(line, text[line..end]),
            5 => text.Insert(line, "  "),
            _ => text[..at],
        };
    }

    [GeneratedRegex("^/.*:[1-9][0-9]*:[1-9][0-9]*$")]
    private static partial Regex Place();
}
