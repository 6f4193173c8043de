using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("*.md", "a.md", true)]
    [InlineData("*.md", "docs/a.md", false)]
    [InlineData("**/*.md", "docs/deep/a.md", true)]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("docs", "docs/a.md", true)]
    [InlineData("docs", "docs2/a.md", false)]
    [InlineData("/docs/", "docs", true)]
    [InlineData("./docs", "docs/a", true)]
    [InlineData("docs/**", "docs/a/b", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[^a-c].txt", "b.txt", false)]
    [InlineData("a+b", "aab", false)]
    [InlineData("*\n!keep", "keep/deep/file", false)]
    [InlineData("*\n!keep\nkeep/not", "keep/not", true)]
    [InlineData("# *\n\n", "a", false)]
    [InlineData(".", "a", false)]
    public void The_last_pattern_that_matches_decides(string lines, string path, bool ignored) =>
        Assert.Equal(ignored, DockerIgnore.Parse(lines.Split('\n')).Ignores(path));
}
