using System.Globalization;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Health;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Claims less from four fifths of a bound on, and nothing at it; after that nothing until the load is well below it.
/// </summary>
internal sealed partial class Backpressure(
    IReadOnlyList<Pressure> pressures, Intake intake, TimeProvider time, ILogger logger)
{
    public const double Less = 0.8;
    public const double ReopenAt = 0.7;

    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(250);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_beat, time);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Look()
    {
        var (worst, load) = pressures.Select(pressure => (pressure, load: pressure.Load())).MaxBy(one => one.load);
        var before = intake.Percent;
        var percent = before == 0 && load >= ReopenAt ? 0 : PercentAt(load);
        var reason = percent == 100 ? "" : $"{worst.Name}: {worst.Describe()}";
        intake.Set(percent, reason);
        switch (before, percent)
        {
            case ( > 0, 0):
                LogStopped(reason);
                break;
            case (100, < 100):
                LogLess(reason);
                break;
            case ( < 100, 100):
                LogOpen();
                break;
            default:
                break;
        }
    }

    /// <summary>Degraded while less than all is claimed.</summary>
    public HealthStatus Check()
    {
        var began = time.GetTimestamp();
        var details = pressures.ToDictionary(
            pressure => pressure.Name,
            pressure => $"{pressure.Load().ToString("P0", CultureInfo.InvariantCulture)} of its bound: "
                + pressure.Describe());
        details["percent"] = intake.Percent.ToString(CultureInfo.InvariantCulture);
        return intake.Percent switch
        {
            100 => Statuses.Create(HealthStatus.Healthy, "Whole batches are claimed.", details, time, began),
            0 => Statuses.Create(
                HealthStatus.Degraded, $"Nothing is claimed, because of {intake.Reason}.", details, time, began),
            var percent => Statuses.Create(
                HealthStatus.Degraded, $"{percent} % of a batch is claimed, because of {intake.Reason}.", details, time,
                began),
        };
    }

    private static int PercentAt(double load) => load switch
    {
        >= 1 => 0,
        <= Less => 100,
        _ => Math.Max(1, (int)(100 * (1 - load) / (1 - Less))),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Claims nothing more for now, because of {Reason}.")]
    private partial void LogStopped(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Claims less than whole batches, because of {Reason}.")]
    private partial void LogLess(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Claims whole batches again.")]
    private partial void LogOpen();
}
