using CsCheck;
using Seatrial.Engine.Interpolation;

namespace Seatrial.Engine.Tests.Interpolation;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["FOO"] = "first",
        ["BAR"] = "",
        ["NAME"] = "BAR",
        ["json"] = "{\"a\":1}",
        ["a_1"] = "x",
    };

    [Theory]
    [InlineData("no variables", "no variables")]
    [InlineData("$FOO", "first")]
    [InlineData("${FOO}", "first")]
    [InlineData("a${FOO}b$FOO", "afirstbfirst")]
    [InlineData("$FOO-bar", "first-bar")]
    [InlineData("$FOO.bar", "first.bar")]
    [InlineData("$a_1/${a_1}", "x/x")]
    [InlineData("$BAR", "")]
    [InlineData("${json}", "{\"a\":1}")]
    [InlineData("${BAR:-default}", "default")]
    [InlineData("${BAR-default}", "")]
    [InlineData("${FOO:-default}", "first")]
    [InlineData("${FOO-default}", "first")]
    [InlineData("${NONE:-default}", "default")]
    [InlineData("${NONE-default}", "default")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${NONE-}", "")]
    [InlineData("${NONE:-/non:-x}", "/non:-x")]
    [InlineData("${NONE:-a?b+c}", "a?b+c")]
    [InlineData("${NONE:-http://host:80/?a=b}", "http://host:80/?a=b")]
    [InlineData("${FOO:+other}", "other")]
    [InlineData("${BAR:+other}", "")]
    [InlineData("${BAR+other}", "other")]
    [InlineData("${NONE+other}", "")]
    [InlineData("${FOO?message}", "first")]
    [InlineData("${FOO:?message}", "first")]
    [InlineData("${BAR?message}", "")]
    [InlineData("${NONE:-${FOO}}", "first")]
    [InlineData("${NONE:-a${BAR:-${NONE-deep}}b}", "adeepb")]
    [InlineData("${NONE:-$FOO}", "first")]
    [InlineData("${FOO:+${NONE:-x}y}", "xy")]
    [InlineData("${NONE:-{\"a\":1}}", "{\"a\":1}")]
    [InlineData("$$", "$")]
    [InlineData("$$FOO", "$FOO")]
    [InlineData("$${FOO}", "${FOO}")]
    [InlineData("$$$FOO", "$first")]
    [InlineData("$$$$", "$$")]
    [InlineData("${NONE:-$${FOO}}", "${FOO}")]
    [InlineData("$", "$")]
    [InlineData("a $ b", "a $ b")]
    [InlineData("$}", "$}")]
    [InlineData("$1", "$1")]
    [InlineData("100%$-", "100%$-")]
    public void Expands(string template, string expected)
    {
        var expansion = Expand(template);

        Assert.Equal(expected, expansion.Text);
        Assert.Empty(expansion.Issues);
    }

    [Theory]
    [InlineData("${")]
    [InlineData("${}")]
    [InlineData("${ }")]
    [InlineData("${ FOO}")]
    [InlineData("${FOO }")]
    [InlineData("${FOO!}")]
    [InlineData("${FOO:}")]
    [InlineData("${FOO:x}")]
    [InlineData("${1A}")]
    [InlineData("${FOO:-open")]
    [InlineData("a ${FOO:-${BAR}")]
    public void Is_invalid(string template) =>
        Assert.IsType<TemplateIssue.Invalid>(Assert.Single(Expand(template).Issues));

    [Theory]
    [InlineData("${NONE?}", "")]
    [InlineData("${NONE:?it is needed}", "it is needed")]
    [InlineData("${BAR:?see ${FOO}}", "see first")]
    [InlineData("${NONE?a:-b}", "a:-b")]
    public void Requires_a_value(string template, string message)
    {
        var issue = Assert.IsType<TemplateIssue.Required>(Assert.Single(Expand(template).Issues));
        Assert.Equal(message, issue.Message);
    }

    [Theory]
    [InlineData("$NONE")]
    [InlineData("x${NONE}y")]
    [InlineData("${BAR:-$NONE}")]
    public void Notes_a_variable_that_is_not_set(string template)
    {
        var issue = Assert.IsType<TemplateIssue.Unset>(Assert.Single(Expand(template).Issues));
        Assert.Equal("NONE", issue.Variable);
    }

    [Theory]
    [InlineData("${FOO:-$NONE}")]
    [InlineData("${FOO-${NONE}}")]
    [InlineData("${BAR:+$NONE}")]
    [InlineData("${FOO?$NONE}")]
    public void Never_looks_at_what_is_not_needed(string template) => Assert.Empty(Expand(template).Issues);

    [Fact]
    public void Nesting_without_end_is_invalid_and_not_the_end_of_the_process()
    {
        var template = string.Concat(Enumerable.Repeat("${NONE:-", 10_000)) + new string('}', 10_000);

        Assert.IsType<TemplateIssue.Invalid>(Assert.Single(Expand(template).Issues));
    }

    [Fact]
    public void Text_with_each_dollar_doubled_comes_out_as_it_was() =>
        Gen.String.Sample(text => Expand(text.Replace("$", "$$", StringComparison.Ordinal)).Text == text);

    private static Expansion Expand(string template) => Template.Expand(template, Values.GetValueOrDefault);
}
