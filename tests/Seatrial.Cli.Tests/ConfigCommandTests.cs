using System.Text.Json.Nodes;
using Seatrial.Engine;

namespace Seatrial.Cli.Tests;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly CommandRun _run = new CommandRun()
        .With("compose.yaml", "name: s\nservices: {app: {image: 'x:$TAG', ports: ['80:80']}, tool: {image: t, profiles: [p]}}\n");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task It_prints_the_system_in_long_form()
    {
        _run.Environment["TAG"] = "1";

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("config"));

        Assert.Equal(
            """
            name: s
            services:
              app:
                image: "x:1"
                networks:
                  default: null
                ports:
                - protocol: tcp
                  published: "80"
                  target: 80
            networks:
              default: {}

            """,
            _run.Out);
        Assert.Empty(_run.Error);
    }

    [Fact]
    public async Task What_it_prints_is_a_file_that_it_prints_the_same_of()
    {
        _run.With("my.env", "TAG=$$1\n");
        await _run.RunAsync("config", ".", "--profile", "p", "--env-file", "my.env");
        var first = _run.Out;

        using var again = new CommandRun().With("printed.yaml", first);
        await again.RunAsync("config", "printed.yaml", "--profile", "p");

        Assert.Equal(first, again.Out);
    }

    [Fact]
    public async Task Files_are_laid_over_each_other_by_option_or_by_name()
    {
        _run.With("over.yaml", "services: {app: {image: y}}\n");

        await _run.RunAsync("config", "-f", "compose.yaml", "-f", "over.yaml", "--format", "json");
        var byOption = _run.Out;
        using var other = new CommandRun().With("compose.yaml", await ReadAsync("compose.yaml"))
            .With("over.yaml", await ReadAsync("over.yaml"));
        await other.RunAsync("config", "compose.yaml", "over.yaml", "--format", "json");

        Assert.Equal("y", (string?)JsonNode.Parse(byOption)?["services"]?["app"]?["image"]);
        Assert.Equal(byOption, other.Out);
    }

    [Fact]
    public async Task It_names_the_services()
    {
        await _run.RunAsync("config", "--services", "--profile", "p");

        Assert.Equal("app\ntool\n", _run.Out);
    }

    [Fact]
    public async Task It_prints_the_hashes_by_which_containers_are_kept_or_replaced()
    {
        await _run.RunAsync("config", "--hash", "*", "--profile", "p");

        Assert.Matches("^app [0-9a-f]{64}\ntool [0-9a-f]{64}\n$", _run.Out);
    }

    [Fact]
    public async Task A_faulty_file_is_told_and_nothing_is_printed()
    {
        _run.With("compose.yaml", "services: {app: {imag: x}}\n");

        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("config"));

        Assert.Empty(_run.Out);
        Assert.Contains("Did you mean image?", _run.Error, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string name) =>
        await File.ReadAllTextAsync(Path.Combine(_run.Folder, name), TestContext.Current.CancellationToken);
}
