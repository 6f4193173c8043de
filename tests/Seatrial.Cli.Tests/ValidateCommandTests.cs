using System.Text.Json.Nodes;
using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Cli.Tests;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_system_in_order_passes()
    {
        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("validate", Repository.PathOf("systems/rpa")));

        Assert.Equal("✓ 4 services, nothing to mend\n", _run.Out);
    }

    [Fact]
    public async Task Faults_of_both_files_are_told_in_one_pass()
    {
        _run.With("compose.yaml", "services:\n  app: {imag: x}\n  db: {image: x, gpus: all}\n")
            .With("seatrial.yaml", "records: {stages: [a]}\nworkload: {file: no.csv, key: a}\nsuites: {distributd: {}}\n");

        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync("validate"));

        Assert.Contains("services.app.imag is not a key of Compose", _run.Out, StringComparison.Ordinal);
        Assert.Contains("suites.distributd is not a key of seatrial.yaml", _run.Out, StringComparison.Ordinal);
        Assert.Contains("no.csv", _run.Out, StringComparison.Ordinal);
        Assert.EndsWith("✗ 4 errors, 1 warning\n", _run.Out, StringComparison.Ordinal);
        Assert.Empty(_run.Error);
    }

    [Fact]
    public async Task A_seatrial_file_is_looked_at_even_where_no_system_can_be_made_out()
    {
        _run.With("compose.yaml", "services: [\n").With("seatrial.yaml", "records: {\n");

        await _run.RunAsync("validate");

        Assert.Contains("compose.yaml is not valid YAML", _run.Out, StringComparison.Ordinal);
        Assert.Contains("seatrial.yaml is not valid YAML", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_without_a_seatrial_file_passes_with_a_warning()
    {
        _run.With("compose.yaml", "services: {app: {image: x}}\n");

        Assert.Equal((int)ExitCode.Pass, await _run.RunAsync("validate"));

        Assert.Contains("warning: There is no seatrial.yaml", _run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_each_problem_has_its_place()
    {
        _run.With("compose.yaml", "services:\n  app: {image: x, restart: often}\n");

        await _run.RunAsync("validate", "--format", "json");

        var problem = JsonNode.Parse(_run.Out)?[0];
        Assert.Equal("error", (string?)problem?["severity"]);
        Assert.Equal("FOLDER/compose.yaml", (string?)problem?["file"]);
        Assert.Equal((2, 28), ((int?)problem?["line"], (int?)problem?["column"]));
        Assert.Contains("on-failure", (string?)problem?["fix"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_SARIF_each_problem_is_a_result_at_its_line()
    {
        _run.With("my files/compose.yaml", "services:\n  app: {image: x, restart: often}\n");

        await _run.RunAsync("validate", "my files", "--format", "sarif");

        var run = JsonNode.Parse(_run.Out)?["runs"]?[0];
        var result = run?["results"]?[0];
        var place = result?["locations"]?[0]?["physicalLocation"];
        Assert.Equal("error", (string?)result?["level"]);
        Assert.Equal("my%20files/compose.yaml", (string?)place?["artifactLocation"]?["uri"]);
        Assert.Equal(2, (int?)place?["region"]?["startLine"]);
        Assert.Equal((string?)run?["tool"]?["driver"]?["rules"]?[0]?["id"], (string?)result?["ruleId"]);
    }

    [Fact]
    public async Task The_schema_for_editors_is_printed()
    {
        await _run.RunAsync("validate", "--schema");

        Assert.Equal(
            await File.ReadAllTextAsync(
                Repository.PathOf("schemas/seatrial.schema.json"), TestContext.Current.CancellationToken),
            _run.Out);
    }
}
