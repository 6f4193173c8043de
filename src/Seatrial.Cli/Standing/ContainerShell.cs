using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Cli.Standing;

/// <summary>A command in a container, on this program's own streams.</summary>
internal static class ContainerShell
{
    /// <summary>Returns the command's exit code.</summary>
    /// <param name="system">Whose one named service is meant.</param>
    /// <param name="number">Which of its containers.</param>
    /// <param name="request">The command.</param>
    /// <param name="mayHaveTerminal">Whether it gets one, where this program has one.</param>
    /// <param name="host">Whose output it is.</param>
    /// <param name="cancellationToken">Ends the listening, not the command.</param>
    public static async Task<int> RunAsync(
        StandingSystem system,
        int number,
        ExecRequest request,
        bool mayHaveTerminal,
        ProgramHost host,
        CancellationToken cancellationToken)
    {
        var containers = await system.ContainersAsync(cancellationToken);
        var container = containers.FirstOrDefault(container => container.Number == number)
            ?? throw new SeatrialException(
                ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"There is no {containers[0].Service}-{number}."),
                "command line: --index",
                $"There are: {string.Join(", ", containers.Select(container => container.ShortName))}.");
        if (system.Driver.Containers is not ICanExecute engine)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                "This engine can't run commands in containers.",
                "engine",
                "Use a Docker Engine.");
        }

        using var terminal = mayHaveTerminal && host.Interactive ? RawTerminal.Open(host) : null;
        return await engine.ExecuteAsync(
            container.State.Id,
            request with { Terminal = terminal?.Size },
            host.Streams,
            cancellationToken);
    }
}
