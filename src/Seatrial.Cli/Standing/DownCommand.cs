using System.CommandLine;
using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Images;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial down [SYSTEM]</c>.</summary>
internal static class DownCommand
{
    private static readonly Option<bool> _volumes = new("--volumes", "-v")
    {
        Description = "Remove the volumes too, with what is in them.",
    };

    public static Command Create(ProgramHost host)
    {
        var command = new Command("down", "Stop a system in order, and remove its containers and networks.")
        {
            _volumes,
            GracePeriods.Option,
            ProgressViews.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var began = host.Clock.GetTimestamp();
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        if (StandingSystem.WordsOf(parsed, host).Services.Count > 0)
        {
            throw new SeatrialException(
                ExitCode.Usage, "A system goes down as a whole.", "command line",
                "Name no service; to stop some, use: seatrial stop SERVICE");
        }

        var project = await system.ObserveAsync(cancellationToken);
        if (project.Containers.Count + project.Networks.Count is 0)
        {
            await host.Error.WriteLineAsync($"{system.Name} is not up.");
        }

        IReadOnlyList<Problem> problems;
        await using (var view = ProgressViews.For(parsed, host))
        {
            problems = await new ProjectRunner(system.Driver, host.Clock).DownAsync(
                project, GracePeriods.Of(parsed), parsed.GetValue(_volumes), view, cancellationToken);
        }

        await ImageBuilder.EndCompilerAsync(system.Files.Project, cancellationToken);
        foreach (var problem in problems)
        {
            await host.Error.WriteLineAsync(problem.ToString());
        }

        if (project.Containers.Count + project.Networks.Count > 0)
        {
            await host.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{system.Name} is down: {host.Clock.GetElapsedTime(began).TotalSeconds:0.0} s"));
        }

        return (int)(problems.Count > 0 ? ExitCode.Unavailable : ExitCode.Pass);
    }
}
