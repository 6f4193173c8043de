using System.Text.Json;
using CsCheck;
using Rpa1;

namespace Seatrial.Flows.Tests.Rpa1;

public sealed class CleaningTests
{
    private static readonly SurveyRow Good = new()
    {
        Year = "2000",
        Marital = "Never married",
        Age = "26",
        Race = "White",
        Rincome = "$8000 to 9999",
        Partyid = "Ind,near rep",
        Relig = "Protestant",
        Denom = "Southern baptist",
        Tvhours = "12",
    };

    private static readonly Lazy<IReadOnlyList<CleanAnswer>> Whole = new(() =>
        [.. Survey.Answers.Select(answer => Clean(RowOf(answer.Fields)))]);

    [Fact]
    public void A_whole_answer_becomes_values()
    {
        var clean = Clean(Good);

        Assert.Equal((2000, "Never married", 26, "White"), (clean.Year, clean.Marital, clean.Age, clean.Race));
        Assert.Equal((8000, 9999, "Ind,near rep", 1), (clean.IncomeLow, clean.IncomeHigh, clean.Party, clean.Lean));
        Assert.Equal(("Protestant", "Southern baptist", "baptist", 12),
            (clean.Religion, clean.Denomination, clean.DenominationFamily, clean.TvHours));
        Assert.Empty(clean.Missing);
        Assert.Empty(clean.Flags);
    }

    [Theory]
    [InlineData("NA", "not_recorded")]
    [InlineData("Not applicable", "not_applicable")]
    [InlineData("No answer", "no_answer")]
    [InlineData("Don't know", "dont_know")]
    [InlineData("Refused", "refused")]
    public void Why_a_value_is_missing_is_kept(string label, string reason)
    {
        var clean = Clean(Good with { Rincome = label, Age = label, Tvhours = label, Denom = label });

        Assert.Equal((null, null, null, null), (clean.IncomeLow, clean.Age, clean.TvHours, clean.Denomination));
        Assert.Equal(
            new Dictionary<string,
                string>
            { ["rincome"] = reason, ["age"] = reason, ["tvhours"] = reason, ["denom"] = reason },
            clean.Missing);
    }

    [Theory]
    [InlineData("Lt $1000", 0, 999)]
    [InlineData("$1000 to 2999", 1000, 2999)]
    [InlineData("$20000 - 24999", 20000, 24999)]
    [InlineData("$25000 or more", 25000, null)]
    public void An_income_range_becomes_its_bounds(string label, int low, int? high)
    {
        var clean = Clean(Good with { Rincome = label });

        Assert.Equal((low, high), (clean.IncomeLow, clean.IncomeHigh));
        Assert.Equal(high is null, clean.Flags.Contains("income_open_ended"));
    }

    [Fact]
    public void A_family_without_a_branch_keeps_the_family()
    {
        var clean = Clean(Good with { Denom = "Presbyterian-dk wh" });

        Assert.Equal((null, "presbyterian"), (clean.Denomination, clean.DenominationFamily));
        Assert.Equal("dont_know", clean.Missing["denom"]);
    }

    [Fact]
    public void Values_to_be_careful_with_are_kept_and_flagged() => Assert.Equal(
        ["age_top_coded", "tv_hours_doubtful", "income_open_ended"],
        Clean(Good with { Age = "89", Tvhours = "24", Rincome = "$25000 or more" }).Flags);

    [Fact]
    public void Every_error_of_a_row_is_told()
    {
        var (answer, errors) =
            Cleaning.Clean(Good with { Year = null, Age = "old", Tvhours = "25", Marital = "Cohabiting" });

        Assert.Null(answer);
        Assert.Equal(
            [
                "year is not there.",
                "age is 'old', not a whole number from 18 to 89.",
                "tvhours is '25', not a whole number from 0 to 24.",
                "marital is 'Cohabiting', which is not in the survey's codebook.",
            ],
            errors);
    }

    [Fact]
    public void An_answer_without_a_year_belongs_nowhere() => Assert.Equal(
        ["year is 'NA': without it an answer belongs to no survey."], Cleaning.Clean(Good with { Year = "NA" }).Errors);

    [Fact]
    public void Whatever_comes_in_each_field_is_a_value_a_reason_or_an_error()
    {
        string[] labels = ["NA", "Refused", "", " ", "12", "-1", "89", "White", "$25000 or more", "Baptist-dk which",
            "\0", "99999999999"];
        var label = Gen.Int[0, labels.Length].Select(i => i == labels.Length ? null : labels[i]);
        Gen.Select(label, label, label, label).Sample((age, income, tvHours, denomination) =>
        {
            var (answer, errors) =
                Cleaning.Clean(Good with { Age = age, Rincome = income, Tvhours = tvHours, Denom = denomination });
            Assert.Equal(answer is null, errors.Count > 0);
            if (answer is not null)
            {
                Assert.Equal(answer.Age is null, answer.Missing.ContainsKey("age"));
                Assert.Equal(answer.IncomeLow is null, answer.Missing.ContainsKey("rincome"));
                Assert.Equal(answer.TvHours is null, answer.Missing.ContainsKey("tvhours"));
                Assert.Equal(answer.Denomination is null, answer.Missing.ContainsKey("denom"));
            }
        });
    }

    [Fact]
    public void The_whole_survey_is_clean_afterwards_and_nothing_is_dropped()
    {
        Assert.Equal(Survey.Rows, Whole.Value.Count);
        Assert.All(Whole.Value.Zip(Survey.Answers), pair =>
        {
            var (clean, (key, fields)) = pair;
            Assert.Equal(fields["age"], clean.Age is { } age ? $"{age}" : "NA");
            Assert.Equal(fields["tvhours"], clean.TvHours is { } hours ? $"{hours}" : "NA");
            Assert.Equal(clean.Party is null, clean.Missing.ContainsKey("partyid"));
            Assert.StartsWith("gss:", key, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_documents_counts_are_those_of_the_survey()
    {
        var document = File.ReadAllText(Path.Combine(Survey.Root(), "docs", "flows.md"));
        var missing = Whole.Value
            .SelectMany(clean => clean.Missing)
            .CountBy(pair => $"| `{pair.Key}` | `{pair.Value}` |");
        var flags = Whole.Value
            .SelectMany(clean => clean.Flags)
            .CountBy(flag => $"| `{flag}` |");

        Assert.All(missing.Concat(flags), count => Assert.Contains(
            FormattableString.Invariant($"{count.Key} {count.Value:N0} |"), document, StringComparison.Ordinal));
    }

    internal static SurveyRow RowOf(IReadOnlyDictionary<string, string> fields)
    {
        var row = JsonSerializer.Deserialize(JsonSerializer.Serialize(fields), Rpa1Json.Default.SurveyRow);
        Assert.NotNull(row);
        return row;
    }

    internal static CleanAnswer Clean(SurveyRow row)
    {
        var (answer, errors) = Cleaning.Clean(row);
        Assert.Empty(errors);
        Assert.NotNull(answer);
        return answer;
    }
}
