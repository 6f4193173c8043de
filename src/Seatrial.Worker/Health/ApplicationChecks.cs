using System.Globalization;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Health;

/// <summary>Finds the worker that answers and does not work.</summary>
internal static class ApplicationChecks
{
    public static HealthStatus Check(WorkerContext worker)
    {
        var began = worker.Time.GetTimestamp();
        var progress = worker.Progress;
        var held = worker.Held.Records;
        var idle = progress.SinceLastMove;
        var details = new Dictionary<string, string>
        {
            ["stage"] = progress.Stage.ToString().ToLowerInvariant(),
            ["held"] = Text(held),
            ["claimed"] = Text(progress.Claimed),
            ["ended"] = Text(progress.Ended),
            ["failed_attempts"] = Text(progress.Failed),
            ["stale"] = Text(progress.Stale),
            ["seconds_since_last_move"] = Text(Math.Round(idle.TotalSeconds, 3)),
        };
        return held > 0 && idle > worker.Config.Lease
            ? Statuses.Create(
                HealthStatus.Degraded, $"{held} records are held, and none moved for {idle.TotalSeconds:F0} s.",
                details, worker.Time, began)
            : Statuses.Create(
                HealthStatus.Healthy, $"{held} records are held, {progress.Ended} ended so far.", details,
                worker.Time, began);
    }

    private static string Text(IFormattable figure) => figure.ToString(null, CultureInfo.InvariantCulture);
}
