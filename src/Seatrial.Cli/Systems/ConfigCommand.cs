using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Systems;

/// <summary><c>seatrial config [SYSTEM]</c>: what the Compose files come to.</summary>
internal static class ConfigCommand
{
    public static Command Create(ProgramHost host)
    {
        var system = new ComposeArguments();
        var format = new Option<string>("--format")
        {
            Description = "yaml or json.",
            DefaultValueFactory = _ => "yaml",
        };
        format.AcceptOnlyFromAmong("yaml", "json");
        var services = new Option<bool>("--services") { Description = "The services' names only." };
        var command = new Command(
            "config", "Print what the Compose files come to: one file in long form, read again the same system.")
        {
            format,
            services,
        };
        system.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(
            system.Request(parsed, host), parsed.GetValue(format) is "json", parsed.GetValue(services), host));
        return command;
    }

    private static async Task<int> RunAsync(ComposeRequest request, bool asJson, bool namesOnly, ProgramHost host)
    {
        var reading = ComposeReader.Read(request, host.Environment);
        if (reading.Project is not { } project || reading.Canonical(asJson) is not { } text)
        {
            throw FileProblems.Faulty(reading.Problems);
        }

        FileProblems.Tell(reading.Problems, host);
        await host.Out.WriteAsync(namesOnly ? string.Concat(project.Services.Keys.Select(name => name + "\n")) : text);
        return (int)ExitCode.Pass;
    }
}
