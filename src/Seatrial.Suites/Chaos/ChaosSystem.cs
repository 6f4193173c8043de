using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites.Chaos;

/// <summary>A system that chaos is to be let loose on, with all that bringing it up takes.</summary>
public sealed record ChaosSystem
{
    public required ComposeProject Project { get; init; }

    public required SystemSpec Spec { get; init; }

    public required IContainerDriver Driver { get; init; }

    public required FaultAbilities Abilities { get; init; }

    public required IReadOnlyDictionary<string, ImageUse> Images { get; init; }

    public required TrialRequest Request { get; init; }

    /// <summary>The run's folder: each round has one below it.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The command line that repeats the run.</summary>
    public required string Command { get; init; }
}
