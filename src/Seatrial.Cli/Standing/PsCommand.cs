using System.CommandLine;
using System.Text.Json;
using Seatrial.Engine;
using Seatrial.Engine.Standing;
using Spectre.Console;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial ps [SYSTEM] [SERVICE]…</c>.</summary>
internal static class PsCommand
{
    private const string TableFormat = "table";
    private const string JsonFormat = "json";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private static readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Only ids." };

    private static readonly Option<string> _format = Format();

    public static Command Create(ProgramHost host)
    {
        var command = new Command("ps", "Show a system's containers and how they are, dead ones too.")
        {
            _quiet,
            _format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var services = system.Services;
        var containers = (await system.ObserveAsync(cancellationToken)).Containers
            .Where(container => services.Contains(container.Service)).ToList();
        if (parsed.GetValue(_quiet))
        {
            containers.ForEach(container => host.Out.WriteLine(container.State.Id));
        }
        else if (parsed.GetValue(_format) is JsonFormat)
        {
            await host.Out.WriteLineAsync(JsonSerializer.Serialize(containers.Select(Record), _indented));
        }
        else
        {
            Write(containers, host);
        }

        return (int)ExitCode.Pass;
    }

    private static void Write(IReadOnlyList<StandingContainer> containers, ProgramHost host)
    {
        var now = host.Clock.GetUtcNow();
        var table = Tables.Plain("NAME", "SERVICE", "STATUS", "PORTS", "IMAGE");
        foreach (var container in containers)
        {
            table.AddRow(
                new Text(container.State.Name),
                new Text(container.Service),
                new Text(ContainerPhrases.Status(container.State, now), ContainerPhrases.Style(container.State)),
                new Text(ContainerPhrases.Ports(container.State)),
                new Text(ContainerPhrases.Short(container.State.Image)));
        }

        Consoles.For(host).Write(table);
    }

    private static object Record(StandingContainer container) => new
    {
        name = container.State.Name,
        service = container.Service,
        number = container.Number,
        id = container.State.Id,
        state = ContainerPhrases.StateWord(container.State),
        health = container.State.Health.ToString().ToLowerInvariant(),
        exit_code = container.State.Running ? (int?)null : container.State.ExitCode,
        started_at = container.State.StartedAt,
        restarts = container.State.Restarts,
        image = container.State.Image,
        ports = container.State.PublishedPorts,
        addresses = container.State.Addresses,
    };

    private static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            Description = "How it is written.",
            DefaultValueFactory = _ => TableFormat,
        };
        format.AcceptOnlyFromAmong(TableFormat, JsonFormat);
        return format;
    }
}
