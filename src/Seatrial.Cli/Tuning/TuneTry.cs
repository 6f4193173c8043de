using Seatrial.Engine.Runs;
using Seatrial.Engine.Tuning;

namespace Seatrial.Cli.Tuning;

/// <summary>A change that was tried, with its runs.</summary>
internal sealed record TuneTry(TriedProposal Tried, IReadOnlyList<RunResult> Runs);
