using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial events [SYSTEM] [SERVICE]… [--json]</c>.</summary>
internal static class EventsCommand
{
    private static readonly Option<bool> _json = new("--json") { Description = "A JSON object a line." };

    public static Command Create(ProgramHost host)
    {
        var command = new Command("events", "Show what happens to a system's containers, until Ctrl-C.")
        {
            _json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var services = system.Services;
        var since = (await system.Driver.Engine.DescribeAsync(cancellationToken)).Clock;
        await foreach (var happened in system.Driver.Engine.WatchAsync(
            RunLabels.Project, system.Name, since, cancellationToken))
        {
            if (services.Contains(happened.Labels.GetValueOrDefault(RunLabels.Service, "")))
            {
                await host.Out.WriteLineAsync(parsed.GetValue(_json) ? Json(happened) : Line(happened));
                await host.Out.FlushAsync(cancellationToken);
            }
        }

        return (int)ExitCode.Pass;
    }

    private static string Line(EngineEvent happened)
    {
        var exit = happened.ExitCode is { } code
            ? string.Create(CultureInfo.InvariantCulture, $" (exit code {code})")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{happened.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}  {NameOf(happened),-20} {Word(happened)}{exit}");
    }

    private static string Json(EngineEvent happened) => JsonSerializer.Serialize(new
    {
        time = happened.At,
        container = NameOf(happened),
        id = happened.ContainerId,
        happened = Word(happened),
        exit_code = happened.ExitCode,
    });

    private static string NameOf(EngineEvent happened) =>
        $"{happened.Labels.GetValueOrDefault(RunLabels.Service)}-{happened.Labels.GetValueOrDefault(RunLabels.Number)}";

    private static string Word(EngineEvent happened) => JsonNamingPolicy.SnakeCaseLower
        .ConvertName(happened.Kind.ToString()).Replace('_', ' ');
}
