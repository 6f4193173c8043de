using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.New;

/// <summary><c>seatrial init [SYSTEM] [--stages Q,…] [--workload FILE] [--key COLUMN] [--force]</c>.</summary>
internal static class InitCommand
{
    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system")
        {
            Description = "A folder with a Compose file, or the file.",
            DefaultValueFactory = _ => ".",
        };
        var stages = new Option<string?>("--stages")
        {
            Description = "The queues in the order in which a record passes them: a,b,c.",
        };
        var workload = new Option<string?>("--workload") { Description = "A CSV file of records, with a header." };
        var key = new Option<string?>("--key") { Description = "Its column that names a record." };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var command = new Command("init", "Look at a system and write the seatrial.yaml that its trials need.")
        {
            system,
            stages,
            workload,
            key,
            force,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(system);
            var project = Read(folder, host);
            var draft = SpecDraft.Of(
                project,
                parsed.GetValue(stages)?.Split(
                    ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                parsed.GetValue(workload) is { } file ? Path.GetFullPath(file, host.Directory) : null,
                parsed.GetValue(key));
            Write(project, draft, parsed.GetValue(force), host);
            return (int)ExitCode.Pass;
        });
        return command;
    }

    private static ComposeProject Read(string folder, ProgramHost host)
    {
        var compose = ComposeReader.Read(Path.GetFullPath(folder, host.Directory), host.Environment);
        return compose.Project ?? throw FileProblems.Faulty(compose.Problems);
    }

    private static void Write(ComposeProject project, SpecDraft draft, bool force, ProgramHost host)
    {
        var file = Path.Combine(project.Directory, SpecReader.FileName);
        if (File.Exists(file) && !force)
        {
            throw new SeatrialException(
                ExitCode.Usage, $"There is a {SpecReader.FileName} already.", file, "Write over it: --force");
        }

        File.WriteAllText(file, draft.Text);
        host.Out.WriteLine($"wrote {file}");
        draft.Seen.ToList().ForEach(line => host.Out.WriteLine($"  {line}"));
        var (_, problems) = SpecReader.Read(project, host.Environment);
        FileProblems.Tell(problems, host);
        host.Out.WriteLine(problems.Any(problem => problem.Severity is Severity.Error)
            ? "It does not work yet: mend what is told above, then: seatrial trial"
            : "Try it: seatrial trial");
    }
}
