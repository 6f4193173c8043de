using System.Text.RegularExpressions;
using CsCheck;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed partial class MutationTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private static readonly Gen<TextDamage[]> Damages =
        Gen.Select(
            Gen.Int[0, TextDamage.Kinds], Gen.Int[0, 9_999], Gen.Char[TextDamage.Letters],
            (kind, place, letter) => new TextDamage(kind, place, letter)).Array[1, 6];

    private static readonly string[] RealFiles =
    [
        File.ReadAllText(Repository.PathOf("systems/rpa/compose.yaml")),
        .. ComposeShapes.Names.Select(ComposeShapes.Text),
    ];

    [Fact]
    public void Any_damage_to_real_files_ends_in_a_model_or_in_problems_with_places() =>
        Gen.Select(Gen.Int[0, RealFiles.Length - 1], Damages).Sample(
            (file, damages) =>
            {
                using var folder =
                    new SystemFolder().With("compose.yaml", damages.Aggregate(RealFiles[file], Apply));
                var reading = folder.Read();
                AssertTold(reading.Project is not null, reading.Problems);
                AssertSameAgain(folder, reading);
            },
            iter: 2_000);

    [Fact]
    public void Any_damage_to_a_file_laid_over_another_ends_in_a_model_or_in_problems_with_places()
    {
        var text = RealFiles[0];
        Damages.Sample(
            damages =>
            {
                using var folder = new SystemFolder()
                    .With("compose.yaml", text)
                    .With("compose.override.yaml", damages.Aggregate(text, Apply));
                var reading = folder.Read();
                AssertTold(reading.Project is not null, reading.Problems);
            },
            iter: 500);
    }

    [Fact]
    public void Any_damage_to_the_systems_seatrial_file_ends_in_a_spec_or_in_problems_with_places()
    {
        var text = File.ReadAllText(Repository.PathOf("systems/rpa/seatrial.yaml"));
        var project = ComposeReader.Read(Repository.PathOf("systems/rpa"), NoEnvironment).Project;
        Assert.NotNull(project);
        Damages.Sample(
            damages =>
            {
                using var folder = new SystemFolder().With("seatrial.yaml", damages.Aggregate(text, Apply));
                var reading = SpecReader.Read(project with { Directory = folder.Path }, NoEnvironment);
                AssertTold(reading.Spec is not null, reading.Problems);
            },
            iter: 2_000);
    }

    [Fact]
    public void Any_text_ends_in_a_model_or_in_problems_with_places() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[TextDamage.Letters], 0, 60]).Sample(
            text =>
            {
                using var folder = new SystemFolder().With("compose.yaml", text);
                var reading = folder.Read();
                AssertTold(reading.Project is not null, reading.Problems);
            },
            iter: 2_000);

    private static string Apply(string text, TextDamage damage) => damage.Apply(text);

    // What is printed of a model is read again as the same model.
    private static void AssertSameAgain(SystemFolder folder, ComposeReading reading)
    {
        if (reading.Project is not { } project)
        {
            return;
        }

        folder.With("again.yaml", reading.Canonical(asJson: false) ?? "");
        var again = ComposeReader.Read(Path.Combine(folder.Path, "again.yaml"), folder.Environment);
        Assert.True(again.Project is not null, string.Join('\n', again.Problems));
        Assert.Equal(ModelText.Of(project), ModelText.Of(again.Project));
    }

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

    [GeneratedRegex("^/.*:[1-9][0-9]*:[1-9][0-9]*$")]
    private static partial Regex Place();
}
