using Seatrial.Cli.New;
using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Cli.Tests;

/// <summary>What users get wrong when they begin a flow: nothing is made then.</summary>
public sealed class NewFlowInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-new-").FullName;
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Orders", "'Orders' is no name for a flow")]
    [InlineData("order-lines", "small letters and digits")]
    [InlineData("4rpa", "a letter first")]
    [InlineData("../rpa9", "'../rpa9' is no name")]
    [InlineData("x", "2 to 30")]
    [InlineData("outcome", "can't be called 'outcome'")]
    [InlineData("rpa1", "flows/rpa1 is there already")]
    [InlineData("rpa", "systems/rpa is there already")]
    public async Task A_name_that_can_not_be_or_is_taken_is_told(string name, string told)
    {
        var before = Directory.GetDirectories(Repository.PathOf("flows"));

        Assert.Equal((int)ExitCode.Usage, await RunAsync(Repository.PathOf("flows"), "new", "flow", name));

        Assert.Contains(told, _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("fix:", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetDirectories(Repository.PathOf("flows")));
    }

    [Fact]
    public async Task A_folder_that_is_no_checkout_is_told_what_is_looked_for()
    {
        Assert.Equal((int)ExitCode.Usage, await RunAsync(_folder, "new", "flow", "orders"));

        Assert.Contains("no checkout of Seatrial", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Seatrial.slnx", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_project_is_listed_once_in_its_folder_and_the_rest_stays()
    {
        const string Before =
            "<Solution>\n  <Folder Name=\"/flows/\">\n    <Project Path=\"flows/a/a.csproj\" />\n  </Folder>\n</Solution>\n";
        const string After =
            "<Solution>\n  <Folder Name=\"/flows/\">\n    <Project Path=\"flows/a/a.csproj\" />\n"
            + "    <Project Path=\"flows/b/b.csproj\" />\n  </Folder>\n</Solution>\n";

        Assert.Equal(After, SolutionFile.With(Before, "flows/b/b.csproj"));
        Assert.Equal(After, SolutionFile.With(After, "flows/b/b.csproj"));
        Assert.EndsWith(
            "  <Folder Name=\"/tests/\">\n    <Project Path=\"tests/b/b.csproj\" />\n  </Folder>\n</Solution>\n",
            SolutionFile.With(After, "tests/b/b.csproj"), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string folder, params string[] arguments) => Program.RunAsync(
        arguments,
        new ProgramHost
        {
            Out = _output,
            Error = _output,
            Interactive = false,
            Environment = new Dictionary<string, string>(),
            Directory = folder,
            Clock = TimeProvider.System,
        },
        TestContext.Current.CancellationToken);
}
