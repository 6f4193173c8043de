using Seatrial.Engine;
using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Trials;

/// <summary>How a trial ended: its result, the reports that were written of it, and what kept it from its
/// end.</summary>
internal sealed record TrialReport(RunResult Result, IReadOnlyList<string> Files, IReadOnlyList<Problem> Problems);
