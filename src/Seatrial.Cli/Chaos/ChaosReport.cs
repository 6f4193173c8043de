using Seatrial.Engine;
using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Chaos;

/// <summary>How chaos ended: its result, the reports that were written of it, what shrinking came to, and what kept it
/// from its end.</summary>
internal sealed record ChaosReport(
    RunResult Result, IReadOnlyList<string> Files, IReadOnlyList<string> Smallest, IReadOnlyList<Problem> Problems);
