using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial restart [SYSTEM] [SERVICE]…</c>.</summary>
internal static class RestartCommand
{
    public static Command Create(ProgramHost host)
    {
        var command = new Command("restart", "Stop containers in order and start them again, until all is healthy.")
        {
            GracePeriods.Option,
            ProgressViews.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var containers = await system.ContainersAsync(cancellationToken);
        var runner = new ProjectRunner(system.Driver, host.Clock);
        await using var view = ProgressViews.For(parsed, host);
        await runner.StopAsync(containers, GracePeriods.Of(parsed), cancellationToken);
        var plan = await UpPlans.AsItIsAsync(
            system, new Dictionary<string, int>(), host, cancellationToken);
        await runner.UpAsync(plan, view, cancellationToken);
        return (int)ExitCode.Pass;
    }
}
