using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.Validating;

/// <summary><c>seatrial validate [SYSTEM]</c>: everything that is wrong with a system's files.</summary>
internal static class ValidateCommand
{
    public static Command Create(ProgramHost host)
    {
        var system = new ComposeArguments();
        var format = new Option<string>("--format")
        {
            Description = "text, json or sarif.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of seatrial.yaml, for editors." };
        var command = new Command("validate", "Say everything that is wrong with a system's files, and how to mend it.")
        {
            format,
            schema,
        };
        system.AddTo(command);
        command.SetAction((parsed, _) => parsed.GetValue(schema)
            ? PrintSchemaAsync(host)
            : RunAsync(system.Request(parsed, host), parsed.GetRequiredValue(format), host));
        return command;
    }

    private static async Task<int> PrintSchemaAsync(ProgramHost host)
    {
        using var resource = typeof(ValidateCommand).Assembly.GetManifestResourceStream("seatrial.schema.json")
            ?? throw new InvalidOperationException("The schema was not built in.");
        using var reader = new StreamReader(resource);
        await host.Out.WriteAsync(await reader.ReadToEndAsync());
        return (int)ExitCode.Pass;
    }

    private static async Task<int> RunAsync(ComposeRequest request, string format, ProgramHost host)
    {
        var reading = SystemReader.Read(request, host.Environment);
        await host.Out.WriteAsync(format switch
        {
            "json" => ProblemsAsJson.Write(reading.Problems),
            "sarif" => ProblemsAsSarif.Write(reading.Problems, host.Directory),
            _ => Text(reading),
        });
        var isFaulty = reading.Problems.Any(problem => problem.Severity is Severity.Error);
        return (int)(isFaulty ? ExitCode.Usage : ExitCode.Pass);
    }

    private static string Text(SystemReading reading)
    {
        var errors = reading.Problems.Count(problem => problem.Severity is Severity.Error);
        var warnings = reading.Problems.Count - errors;
        var problems = string.Concat(reading.Problems
            .OrderByDescending(problem => problem.Severity)
            .Select(problem => $"{problem}\n\n"));
        var counts = (errors, warnings) switch
        {
            (0, 0) => "nothing to mend",
            (0, _) => Count(warnings, "warning"),
            (_, 0) => Count(errors, "error"),
            _ => $"{Count(errors, "error")}, {Count(warnings, "warning")}",
        };
        var services = reading.Project is { } project ? $"{Count(project.Services.Count, "service")}, " : "";
        return $"{problems}{(errors is 0 ? "✓" : "✗")} {services}{counts}\n";
    }

    private static string Count(int count, string what) => $"{count} {what}{(count is 1 ? "" : "s")}";
}
