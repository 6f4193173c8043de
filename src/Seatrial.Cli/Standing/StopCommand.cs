using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial stop [SYSTEM] [SERVICE]…</c>.</summary>
internal static class StopCommand
{
    public static Command Create(ProgramHost host)
    {
        var command = new Command("stop", "Stop containers in order; they stay, and `up` starts them again.")
        {
            GracePeriods.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var running = (await system.ContainersAsync(cancellationToken))
            .Where(container => container.State.Running).ToList();
        await new ProjectRunner(system.Driver, host.Clock).StopAsync(
            running, GracePeriods.Of(parsed), cancellationToken);
        await host.Error.WriteLineAsync(running.Count is 0
            ? "Nothing ran."
            : $"stopped {string.Join(", ", running.Select(container => container.ShortName))}");
        return (int)ExitCode.Pass;
    }
}
