using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;

namespace Seatrial.Cli.Scaling;

/// <summary>
/// <c>seatrial scaling SYSTEM --service SERVICE [--workers 1,2,4] [--rounds N] [--records N] [--json]</c>.
/// </summary>
internal static class ScalingCommand
{
    private const int UsualRounds = 3;
    private const int MostWorkers = 64;

    private static readonly int[] _usualWorkers = [1, 2, 4];

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system") { Description = "A folder with a Compose file, or the file." };
        var service = new Option<string>("--service")
        {
            Description = "Whose workers are to be more.",
            Required = true,
        };
        var workers = new Option<int[]>("--workers")
        {
            Description = $"How many, each in turn; {string.Join(',', _usualWorkers)}, if not given.",
            CustomParser = ParseWorkers,
            DefaultValueFactory = _ => _usualWorkers,
        };
        var rounds = new Option<int?>("--rounds")
        {
            Description = $"How often each is run; {UsualRounds}, if not given.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var records = new Option<int?>("--records")
        {
            Description = "How many records each run has to do; all of the file's, if not given.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var json = TrendOptions.Json();
        var command = new Command("scaling", "Tell what more workers of a service bring.")
        {
            system, service, workers, rounds, records, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ScalingRequest(
                parsed.GetRequiredValue(system),
                parsed.GetRequiredValue(service),
                parsed.GetRequiredValue(workers),
                parsed.GetValue(rounds) ?? UsualRounds)
            {
                Records = parsed.GetValue(records),
            };
            var files = SystemFiles.Read(request.System, host);
            request.Check(files.Service(request.Service));
            await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
            return (int)await new ScalingTrials(host, driver, files, request, parsed.GetValue(json)).RunAsync(
                cancellationToken);
        });
        return command;
    }

    private static int[]? ParseWorkers(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var counts = text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0).ToArray();
        if (counts.Length >= 2 && counts.All(count => count is > 0 and <= MostWorkers)
            && counts.Distinct().Count() == counts.Length)
        {
            return [.. counts.Order()];
        }

        result.AddError(
            $"--workers '{text}' is no list of two or more different counts up to {MostWorkers}, such as 1,2,4.");
        return null;
    }
}
