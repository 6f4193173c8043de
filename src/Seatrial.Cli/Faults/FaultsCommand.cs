using System.CommandLine;
using System.Text.Json;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Faults;
using Spectre.Console;

namespace Seatrial.Cli.Faults;

/// <summary><c>seatrial faults [SYSTEM]</c>: every kind of fault, and whether it can be had here.</summary>
internal static class FaultsCommand
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string?>("system")
        {
            Description = "A folder with a Compose file and seatrial.yaml: then what the system lacks counts, too.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string>("--format")
        {
            Description = "text or json.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command(
            "faults", "List every kind of fault, and whether this machine, engine and system can have it.")
        {
            system,
            format,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(system), parsed.GetRequiredValue(format), host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string? system, string format, ProgramHost host, CancellationToken cancellationToken)
    {
        var subject = system is null ? null : SubjectOf(SystemFiles.Read(system, host));
        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        var abilities = await FaultAbilities.ProbeAsync(driver, cancellationToken);
        var lines = FaultCatalogue.All
            .Select(kind => new Line(
                kind.Name,
                kind.Lane.ToString().ToLowerInvariant(),
                kind.Meaning,
                subject is null ? abilities.Missing(kind) : abilities.Missing(kind, subject)))
            .ToList();
        if (format is "json")
        {
            await host.Out.WriteLineAsync(JsonSerializer.Serialize(lines, _json));
        }
        else
        {
            Write(lines, host);
        }

        return (int)ExitCode.Pass;
    }

    private static FaultSubject SubjectOf(SystemFiles files) => new(files.Project, files.Spec, Service: null);

    private static void Write(List<Line> lines, ProgramHost host)
    {
        var table = Tables.Plain("", "fault", "lane", "");
        foreach (var line in lines)
        {
            table.AddRow(
                new Text(line.Available ? "✓" : "–", new Style(line.Available ? Color.Green : Color.Yellow)),
                new Text(line.Name, new Style(decoration: Decoration.Bold)),
                new Text(line.Lane),
                new Text(line.Unavailable is null ? line.Meaning : $"{line.Meaning} unavailable: {line.Unavailable}"));
        }

        Consoles.For(host).Write(table);
        host.Out.WriteLine($"{lines.Count(line => line.Available)} of {lines.Count} kinds of fault can be had here.");
    }

    /// <summary>A kind as it is listed.</summary>
    private sealed record Line(string Name, string Lane, string Meaning, string? Unavailable)
    {
        public bool Available => Unavailable is null;
    }
}
