using CsCheck;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Tests.Interpolation;

public sealed class DotEnvTests
{
    private static readonly Dictionary<string, string> Environment =
        new() { ["HOST"] = "outside", ["SET"] = "environment" };

    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = 1 ", "1")]
    [InlineData("A: 1", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("  export  A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=1 # one", "1")]
    [InlineData("A=1#one", "1#one")]
    [InlineData("A=# none", "")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A='$HOST # x'", "$HOST # x")]
    [InlineData("A='b' # c", "b")]
    [InlineData("A=\"b\\n\\\"c\\\"\"", "b\n\"c\"")]
    [InlineData("A=\"$HOST\"", "outside")]
    [InlineData("A=\"\\$HOST\"", "$HOST")]
    [InlineData("A=${HOST}:80", "outside:80")]
    [InlineData("B=2\nA=$B", "2")]
    [InlineData("SET=file\nA=$SET", "environment")]
    [InlineData("A=\"two\nlines\"", "two\nlines")]
    [InlineData("\r\nA=1\r\nB=2", "1")]
    [InlineData("A=1\nA=2", "2")]
    public void Reads(string text, string expected)
    {
        var problems = new ProblemList();

        Assert.Equal(expected, Parse(text, problems)["A"]);
        Assert.Empty(problems.Sorted());
    }

    [Theory]
    [InlineData("A")]
    [InlineData("# A=1")]
    [InlineData("")]
    [InlineData("A # from the environment")]
    public void Sets_nothing(string text)
    {
        var problems = new ProblemList();

        Assert.Empty(Parse(text, problems));
        Assert.Empty(problems.Sorted());
    }

    [Theory]
    [InlineData("A=1\n=2", 2)]
    [InlineData("A=1\n\n1A=2", 3)]
    [InlineData("A B=2", 1)]
    [InlineData("A='open", 1)]
    [InlineData("B=1\nA=\"open\nmore", 2)]
    [InlineData("A='b' c", 1)]
    [InlineData("A=${", 1)]
    public void Tells_the_line_that_is_wrong(string text, int line)
    {
        var problems = new ProblemList();

        Parse(text, problems);

        Assert.Equal($"/x/.env:{line}:1", Assert.Single(problems.Sorted()).Where);
    }

    [Fact]
    public void Any_text_is_read_or_told() =>
        Gen.String[Gen.Char["AB=:'\"\\$# \n\t{}x-"], 0, 40].Sample(
            text =>
            {
                var problems = new ProblemList();
                Parse(text, problems);
                Assert.All(problems.Sorted(), problem => Assert.NotEmpty(problem.Fix));
            },
            iter: 5_000);

    private static IReadOnlyDictionary<string, string> Parse(string text, ProblemList problems) =>
        DotEnv.Parse("/x/.env", text, name => Environment.GetValueOrDefault(name), problems);
}
