using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Cli.Tests;

/// <summary>What users get wrong before an engine is asked: what, where, why, and how to mend it; never a stack
/// trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-cli-").FullName;
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_folder_is_named() => await RefusedAsync(["trial", "nowhere"], "nowhere");

    [Fact]
    public async Task A_file_that_is_not_YAML_is_told_with_its_line()
    {
        Write("compose.yaml", "services:\n  a: [unclosed\n");

        await RefusedAsync(["trial", "."], "compose.yaml:");
    }

    [Fact]
    public async Task An_unknown_key_is_told_with_its_line_and_the_likely_one()
    {
        Write("compose.yaml", "services:\n  a:\n    imagee: debian\n");

        await RefusedAsync(["trial", "."], "compose.yaml:3:5", "image");
    }

    [Fact]
    public async Task A_cycle_is_told_with_its_way()
    {
        Write("compose.yaml",
            "services:\n  a:\n    image: x\n    depends_on: [b]\n  b:\n    image: x\n    depends_on: [a]\n");

        await RefusedAsync(["trial", "."], "a → b → a");
    }

    [Fact]
    public async Task A_missing_seatrial_yaml_is_told_with_what_to_write()
    {
        Write("compose.yaml", "services:\n  a:\n    image: x\n");

        await RefusedAsync(["build", "."], "seatrial.yaml", "stages");
    }

    [Theory]
    [InlineData("trial")]
    [InlineData("trial", "x", "--records", "many")]
    [InlineData("trial", "x", "--suite", "perfomance")]
    [InlineData("trial", "x", "--bogus")]
    public async Task A_wrong_command_line_points_to_the_help(params string[] arguments) =>
        await RefusedAsync(arguments, "seatrial --help");

    [Fact]
    public async Task A_mistyped_command_is_told_with_the_likely_one() =>
        await RefusedAsync(["trail", "x"], "no command 'trail'", "Did you mean trial?");

    [Theory]
    [InlineData("--records", "many")]
    [InlineData("--records", "99999999999")]
    [InlineData("--seed", "-1")]
    public async Task A_number_that_is_none_is_told_without_the_name_of_a_type(string option, string number)
    {
        await RefusedAsync(["trial", "x", option, number], $"{option} '{number}' is no whole number");

        Assert.DoesNotContain("System.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_told_with_the_places_that_were_looked_at() =>
        await RefusedAsync(["verify", "20260101-000000-abc"], ".seatrial/runs/20260101-000000-abc");

    [Fact]
    public async Task A_damaged_record_of_a_run_is_told_with_its_line()
    {
        Write("run/run.json", "{\n \"runId\": \n");

        await RefusedAsync(["verify", "run"], "run.json:");
    }

    [Fact]
    public async Task No_engine_is_told_with_what_to_do()
    {
        var exit =
            await RunAsync(["trial", Repository.PathOf("systems/rpa")], ("DOCKER_HOST", $"unix://{_folder}/none.sock"));

        Assert.Equal((int)ExitCode.Unavailable, exit);
        Assert.Contains("none.sock", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("fix:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_a_run_is_not_written_over()
    {
        Write("run/history.jsonl.gz", "evidence");

        var refusal = Assert.Throws<SeatrialException>(
            () => Engine.Runs.RunFolder.Create("run", _folder, "id"));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.Equal("evidence", await File.ReadAllTextAsync(
            Path.Combine(_folder, "run/history.jsonl.gz"), TestContext.Current.CancellationToken));
    }

    private async Task RefusedAsync(string[] arguments, params string[] told)
    {
        var exit = await RunAsync(arguments);

        var output = _output.ToString();
        Assert.True(exit == (int)ExitCode.Usage, output);
        Assert.All(told, text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.Contains("fix:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Seatrial.", output, StringComparison.Ordinal);
        Assert.True(output.Split('\n').Length <= 40, output);
    }

    private Task<int> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        Program.RunAsync(
        arguments,
        new ProgramHost
        {
            Out = _output,
            Error = _output,
            Interactive = false,
            Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value),
            Directory = _folder,
            Clock = TimeProvider.System,
        },
        TestContext.Current.CancellationToken);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _folder);
        File.WriteAllText(path, text);
    }
}
