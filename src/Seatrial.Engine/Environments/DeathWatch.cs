using System.Globalization;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>Sees that a container which is to come up has died or turned unhealthy instead.</summary>
internal static class DeathWatch
{
    /// <summary>
    /// Ends only by <see cref="StartFailedException"/>, or by cancellation; the events before <paramref name="from"/>
    /// are of an earlier life.
    /// </summary>
    public static async Task OfAsync(
        EnvironmentSession session,
        PlannedContainer container,
        string id,
        CancellationToken cancellationToken,
        int from = 0)
    {
        var deaths = 0;
        await foreach (var told in session.Events.ReadAsync(id, cancellationToken, from))
        {
            if (told.Kind is EngineEventKind.Unhealthy)
            {
                throw new StartFailedException(container, "turned unhealthy while it started");
            }

            if (told.Kind is EngineEventKind.Died && IsFinal(container, told.ExitCode ?? 0, ++deaths))
            {
                throw new StartFailedException(container, $"ended with exit code {told.ExitCode} while it started");
            }
        }
    }

    /// <summary>Whether a death is neither a job's good end nor followed by a restart.</summary>
    private static bool IsFinal(PlannedContainer container, int exitCode, int deaths)
    {
        var restart = container.Request.Service.Restart.Split(':');
        return restart[0] switch
        {
            "always" or "unless-stopped" => false,
            "on-failure" when exitCode is not 0 =>
                restart.Length > 1 && deaths > int.Parse(restart[1], CultureInfo.InvariantCulture),
            _ => exitCode is not 0 || container.Request.Service.Healthcheck is not null && !container.IsJob,
        };
    }
}
