using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;

namespace Seatrial.Engine.Measurements;

/// <summary>What is to be watched, and where it is written down.</summary>
public sealed record MonitoredSystem
{
    /// <summary>The containers that there are at a moment.</summary>
    public required Func<IReadOnlyList<RunningContainer>> Containers { get; init; }

    /// <summary>The way to its database; null where that is not to be watched.</summary>
    public DatabaseAccess? Database { get; init; }

    /// <summary>Where a container tells its runtime's metrics in Prometheus's text form; null where it does
    /// not.</summary>
    public Func<RunningContainer, Uri?> Metrics { get; init; } = _ => null;

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Between two looks; a tenth of a second is the least that makes sense.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(250);
}
