using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Tests.Yaml;

public sealed class ProblemListTests
{
    private readonly ProblemList _problems = new();

    [Fact]
    public void Problems_come_in_the_order_of_files_lines_and_columns()
    {
        Add("/b", 1, 1);
        Add("/a", 10, 1);
        Add("/a", 9, 2);
        Add("/a", 9, 1);

        Assert.Equal(["/a:9:1", "/a:9:2", "/a:10:1", "/b:1:1"], _problems.Sorted().Select(problem => problem.Where));
    }

    [Fact]
    public void One_place_with_one_remedy_is_told_once()
    {
        Add("/a", 1, 1);
        Add("/a", 1, 1);

        Assert.Single(_problems.Sorted());
    }

    [Fact]
    public void Control_characters_never_reach_the_terminal()
    {
        _problems.Add(new SourcePosition("/a", 1, 1), Severity.Error, "a\u001b[31m", "b\nc");

        Assert.Equal("a [31m", Assert.Single(_problems.Sorted()).What);
        Assert.Equal("b c", Assert.Single(_problems.Sorted()).Fix);
    }

    [Fact]
    public void Warnings_alone_are_no_error()
    {
        _problems.Add(new SourcePosition("/a", 1, 1), Severity.Warning, "a", "b");
        Assert.False(_problems.HasErrors);

        Add("/a", 1, 2);
        Assert.True(_problems.HasErrors);
    }

    private void Add(string file, int line, int column) =>
        _problems.Add(new SourcePosition(file, line, column), Severity.Error, "what", "fix");
}
