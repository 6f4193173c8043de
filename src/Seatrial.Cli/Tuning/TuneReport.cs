using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Tuning;

namespace Seatrial.Cli.Tuning;

/// <summary>All that was tried, and what came of it.</summary>
internal sealed record TuneReport
{
    public required TuneRequest Request { get; init; }

    /// <summary>As they are: nothing of what was tried is in them.</summary>
    public required SystemFiles Files { get; init; }

    /// <summary>The run that proposed, and counts for none.</summary>
    public required RunResult Look { get; init; }

    /// <summary>The runs of the system as it is, beside those of the proposals.</summary>
    public required IReadOnlyList<RunResult> AsIs { get; init; }

    /// <summary>Null where the first run did not show enough to choose.</summary>
    public TuningChoice? Choice { get; init; }

    /// <summary>In the order of the choice.</summary>
    public IReadOnlyList<TuneTry> Tries { get; init; } = [];

    /// <summary>Why the command ends as it does, but for what the choice says.</summary>
    public required ExitCode Ended { get; init; }

    /// <summary>
    /// Nothing that can be tried is a pass where nothing holds the system up; where something does, or may, nobody
    /// knows what a setting would give.
    /// </summary>
    public ExitCode Exit => Ended is not ExitCode.Pass || Choice is { Tried.Count: > 0 } ? Ended
        : Choice is { Untried.Count: 0, Unmended.Count: 0, Unseen: null } ? ExitCode.Pass : ExitCode.Unknown;

    /// <summary>The run that ended it: none comes after one that does not pass.</summary>
    public IEnumerable<RunResult> Bad => AsIs.Prepend(Look).Concat(Tries.SelectMany(one => one.Runs))
        .Where(run => run.Verdict is not Verdict.Pass);

    /// <summary>Of the runs that passed.</summary>
    public TuningResult ResultOf(TuneTry one) => TuningResult.Of(Good(AsIs), Good(one.Runs));

    private static IReadOnlyList<RunMeasurements> Good(IReadOnlyList<RunResult> runs) =>
        [.. runs.Where(run => run.Verdict is Verdict.Pass).Select(run => run.Measurements)];
}
