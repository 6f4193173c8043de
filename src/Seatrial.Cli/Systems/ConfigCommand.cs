using System.CommandLine;
using Seatrial.Cli.Standing;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;

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
        var hash = new Option<string?>("--hash")
        {
            Description = "Print a service's configuration hash, by which `up` keeps or replaces it: SERVICE,… or \"*\".",
        };
        var command = new Command(
            "config", "Print what the Compose files come to: one file in long form, read again the same system.")
        {
            format,
            services,
            hash,
        };
        system.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(
            system.Request(parsed, host),
            host,
            (project, reading) => parsed.GetValue(hash) is { } names ? Hashes(names, project)
                : parsed.GetValue(services) ? string.Concat(project.Services.Keys.Select(name => name + "\n"))
                : reading.Canonical(parsed.GetValue(format) is "json")));
        return command;
    }

    private static async Task<int> RunAsync(
        ComposeRequest request, ProgramHost host, Func<ComposeProject, ComposeReading, string?> print)
    {
        var reading = ComposeReader.Read(request, host.Environment);
        if (reading.Project is not { } project || print(project, reading) is not { } text)
        {
            throw FileProblems.Faulty(reading.Problems);
        }

        FileProblems.Tell(reading.Problems, host);
        await host.Out.WriteAsync(text);
        return (int)ExitCode.Pass;
    }

    private static string Hashes(string names, ComposeProject project) => string.Concat(
        new SystemWords("", names is "*" ? [] : names.Split(',')).ServicesOf(project)
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} {ServiceHashes.Of(project.Services[name])}\n"));
}
