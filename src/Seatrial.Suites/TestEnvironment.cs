using Npgsql;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites;

/// <summary>A system under trial: its containers up and healthy, its log being recorded.</summary>
public sealed record TestEnvironment
{
    public required TrialPlan Plan { get; init; }

    public required IContainerDriver Driver { get; init; }

    public required RunningEnvironment Containers { get; init; }

    /// <summary>Straight to the database, past every fault.</summary>
    public required NpgsqlDataSource Database { get; init; }

    /// <summary>The same way, for faults that are made in the database.</summary>
    public required DatabaseAccess Administration { get; init; }

    public required WalRecorder Log { get; init; }

    /// <summary>Whether the log has been read to its end already.</summary>
    public bool IsLogClosed { get; init; }

    public required RunFolder Folder { get; init; }

    /// <summary>Where its faults play.</summary>
    internal FaultScene SceneBy(TimeProvider clock) => new(Containers, Driver, clock)
    {
        Log = Log,
        Database = Administration,
        Mapping = Plan.Spec.Mapping,
    };
}
