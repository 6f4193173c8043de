using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Chaos;

/// <summary>What chaos works with: the engine, what faults it can have, and who watches.</summary>
internal sealed record ChaosTools(
    IContainerDriver Driver, FaultAbilities Abilities, IProgress<TrialProgress> View);
