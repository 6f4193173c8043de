using Seatrial.Docker;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Ledger;

namespace Seatrial.Cli.Systems;

/// <summary>The engine that the environment names, cleared of what killed programs left on it.</summary>
internal static class EngineAccess
{
    /// <summary>Connects and sweeps; what was swept is told in a line.</summary>
    public static async Task<IContainerDriver> OpenAsync(ProgramHost host, CancellationToken cancellationToken)
    {
        var driver = await DockerDriver.ConnectAsync(
            host.Environment.GetValueOrDefault("DOCKER_HOST"), host.Clock, cancellationToken);
        var swept = await Sweeper.SweepAsync(driver, RunOwner.Current, cancellationToken);
        if (swept.ToString() is { Length: > 0 } told)
        {
            await host.Error.WriteLineAsync(told);
        }

        foreach (var problem in swept.Problems)
        {
            await host.Error.WriteLineAsync(problem.ToString());
        }

        foreach (var sentence in await FaultLedger.MendAsync(driver, RunOwner.Current, cancellationToken))
        {
            await host.Error.WriteLineAsync(sentence);
        }

        return driver;
    }
}
