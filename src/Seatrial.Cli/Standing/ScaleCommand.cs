using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial scale [SYSTEM] SERVICE=N…</c>: an <c>up</c> of those services, nothing else changed.</summary>
internal static class ScaleCommand
{
    public static Command Create(ProgramHost host)
    {
        var command = new Command("scale", "Bring a service to a number of containers: SERVICE=N.")
        {
            ProgressViews.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var (place, counts) = StandingSystem.WordsOf(parsed, host);
        if (counts.Count is 0)
        {
            throw new SeatrialException(
                ExitCode.Usage, "No service was named.", "command line", "Write: seatrial scale [SYSTEM] SERVICE=N");
        }

        var words = new SystemWords(place, [.. counts.Select(count => count.Split('=')[0])]);
        await using var system = await StandingSystem.OpenAsync(words, parsed, host, cancellationToken);
        var asked = Replicas.Read(counts, system.Files.Project);
        var plan = await UpPlans.AsItIsAsync(system, asked, host, cancellationToken);
        await using var view = ProgressViews.For(parsed, host);
        await new ProjectRunner(system.Driver, host.Clock).UpAsync(plan, view, cancellationToken);
        return (int)ExitCode.Pass;
    }
}
