using System.Text.Json.Nodes;
using Seatrial.Cli.Validating;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>Two kept runs, held against each other.</summary>
internal sealed record Comparison
{
    public required RunEntry Before { get; init; }

    public required RunEntry After { get; init; }

    public required IReadOnlyList<MetricChange> Changes { get; init; }

    public required double Least { get; init; }

    /// <summary>Earlier good runs that told how much the system varies; 0 where they were too few.</summary>
    public required int Earlier { get; init; }

    /// <summary>Tells it, and says how the command ends.</summary>
    public ExitCode Write(bool isJson, ProgramHost host)
    {
        var verdict = ChangeKinds.Verdict(Changes);
        if (isJson)
        {
            host.Out.Write(JsonForm.Text(new JsonObject
            {
                ["verdict"] = verdict.ToString().ToLowerInvariant(),
                ["before"] = Before.Id,
                ["after"] = After.Id,
                ["least"] = Least,
                ["earlierRuns"] = Earlier,
                ["changes"] = new JsonArray([.. Changes.Select(RunJsonForm.Of)]),
            }));
        }
        else
        {
            host.Out.WriteLine($"before  {Line(Before, host)}");
            host.Out.WriteLine($"after   {Line(After, host)}");
            ChangeTable.Write(Changes, Least, Words(), host);
        }

        return verdict.ToExitCode();
    }

    private static string Line(RunEntry run, ProgramHost host) =>
        $"{run.Id}  {MetricText.Moment(run.StartedAt, host.Clock)}  {run.System}, {run.Suite}, "
        + $"{Figures.Count(run.Records, "record")}, {run.Verdict.ToString().ToLowerInvariant()}";

    private string Words() => Earlier > 0
        ? $"Intervals are from what {Earlier} good runs before it differ by."
        : "Intervals are from blocks of seconds of the two runs, drawn again 2,000 times. What the system varies by from "
            + $"one run to the next is not in them; with {Spread.LeastRuns} good runs like this one before it, they would be "
            + "from that.";
}
