using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Engine.Trends;
using Seatrial.Suites;

namespace Seatrial.Cli.Tuning;

/// <summary><c>seatrial tune SYSTEM [--suite distributed] [--rounds N] [--records N] [--json]</c>.</summary>
internal static class TuneCommand
{
    /// <summary>The fewest that let a difference be told from chance.</summary>
    private const int UsualRounds = GroupComparison.LeastRuns;

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system") { Description = "A folder with a Compose file, or the file." };
        var suite = new Option<string>("--suite")
        {
            Description = "What each run is; without its faults.",
            DefaultValueFactory = _ => ContainerTestSuite.Distributed,
        };
        suite.AcceptOnlyFromAmong(ContainerTestSuite.Distributed);
        var rounds = new Option<int?>("--rounds")
        {
            Description = $"How often each is run; {UsualRounds}, if not given: of fewer, no difference is called one.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var records = new Option<int?>("--records")
        {
            Description = "How many records each run has to do; all of the file's, if not given.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var json = TrendOptions.Json();
        var command = new Command("tune", "Try the two settings that promise most, and tell what they really give.")
        {
            system, suite, rounds, records, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new TuneRequest(parsed.GetRequiredValue(system), parsed.GetValue(rounds) ?? UsualRounds)
            {
                Records = parsed.GetValue(records),
            };
            request.Check();
            var files = SystemFiles.Read(request.System, host);
            await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
            return (int)await new TuneTrials(host, driver, files, request, parsed.GetValue(json)).RunAsync(
                cancellationToken);
        });
        return command;
    }
}
