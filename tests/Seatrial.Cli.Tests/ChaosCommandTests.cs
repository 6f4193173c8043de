using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Cli.Tests;

[Trait("Needs", "Docker")]
public sealed class ChaosCommandTests
{
    private static readonly string _rpa = Repository.PathOf("systems/rpa");

    [Fact]
    public async Task One_seed_prints_one_schedule_byte_for_byte()
    {
        var first = await DryAsync("--seed", "7");

        Assert.Equal(first, await DryAsync("--seed", "7"));
        Assert.NotEqual(first, await DryAsync("--seed", "8"));
        Assert.Contains("# Left out: clock-forward: ", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_printed_can_be_replayed()
    {
        using var folder = new ScheduleFile(await DryAsync("--seed", "7"));

        Assert.Equal(
            Schedule(await DryAsync("--seed", "7")), Schedule(await DryAsync("--replay", folder.Path)));
    }

    [Theory]
    [InlineData("rounds: [{for: 5s, faults: [{kil: rpa1, at: 1s}]}]", "schedule.yaml:1:30", "kill")]
    [InlineData("rounds: [{for: 5s, faults: [{kill: {container: rpa1-9}, at: 1s}]}]", "schedule.yaml:1:", "2 of rpa1 run")]
    [InlineData("rounds: [{for: 5s, faults: [{clock-back: rpa1, at: 1s}]}]", "schedule.yaml:1:", "libfaketime")]
    [InlineData("rounds: [", "schedule.yaml:", "not valid YAML")]
    public async Task A_faulty_schedule_is_told_with_its_place(string text, params string[] told)
    {
        using var file = new ScheduleFile(text);
        using var run = new CommandRun();

        Assert.Equal((int)ExitCode.Usage, await run.RunAsync("chaos", _rpa, "--replay", file.Path));

        Assert.All(told, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Contains("fix:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--for", "soon")]
    [InlineData("--for", "0s")]
    [InlineData("--seed", "-1")]
    [InlineData("--intensity", "extreme")]
    [InlineData("--replay", "nowhere.yaml")]
    public async Task Wrong_options_are_told(string option, string value)
    {
        using var run = new CommandRun();

        Assert.Equal((int)ExitCode.Usage, await run.RunAsync("chaos", _rpa, option, value, "--dry-run"));

        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> DryAsync(params string[] arguments)
    {
        using var run = new CommandRun();
        Assert.Equal(0, await run.RunAsync(["chaos", _rpa, "--dry-run", .. arguments]));
        return run.Out;
    }

    private static IEnumerable<string> Schedule(string text) => text.Split('\n').Where(line => !line.StartsWith('#'));

    private sealed class ScheduleFile : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-schedule-").FullName;

        public ScheduleFile(string text) => File.WriteAllText(Path, text);

        public string Path => System.IO.Path.Combine(_folder, "schedule.yaml");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
