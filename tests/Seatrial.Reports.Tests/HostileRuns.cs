using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests;

/// <summary>A run in which every text came from an enemy.</summary>
internal static class HostileRuns
{
    public const string Text =
        "</script></title></style><img src=x onerror=alert(1)>\" onload=\"x\" ' & ]]> | `` **b** [a](javascript:x) "
        + "\u0000\u0008\u001b[31mred\u001b[0m\u202edlrow\ud800\ufffe";

    public static RunResult Everywhere() => SampleRuns.Run(Verdict.Fail, Suite()) with
    {
        RunId = Text,
        System = Text,
        Command = Text,
        StoppedBecause = Text,
        Steps = [new StepTiming(Text, TimeSpan.FromSeconds(1), Text)],
        Images = [new ImageUse(Text, Text, Text)],
        Environment = new Dictionary<string, string> { [Text] = Text },
    };

    private static SuiteResult Suite() => new()
    {
        Name = Text,
        Verdict = Verdict.Fail,
        Duration = TimeSpan.FromSeconds(1),
        Checks =
        [
            SampleChecks.Check(Text, Text, Text) with { Verdict = Verdict.Unknown },
            SampleChecks.Check(Text, Text, Text) with
            {
                Verdict = Verdict.Fail,
                Count = 1,
                Findings = [new Finding { Record = Text, Story = Text, History = [Event()] }],
            },
        ],
        Faults =
        [
            new FaultRecord
            {
                Name = Text,
                TargetSpec = Text,
                Target = Text,
                Trigger = Text,
                InjectedAt = SampleRuns.Load,
                Evidence = [Text],
                Failure = Text,
            },
        ],
        MissingFaults = [new MissingFault(Text, Text)],
        Recovery =
        [
            new FaultFigures(
                Text, [new Figure { Measure = Measure.Drain, Value = 1, Most = 2, Budget = Text, Seen = Text }]),
        ],
        Queues = [new QueueSummary(Text, 1, 1, 0, 0, 1, 0, 1)],
        Workers = [new WorkerShare(Text, null, Text, 1, 1), new WorkerShare("w", Text, Text, 1, 1)],
        LoadStartedAt = SampleRuns.Load,
        Series = [new QueueSeries(Text, [1], [1], [0])],
        Resources = SampleResources.Of(Text),
        Logs = new Dictionary<string, IReadOnlyList<string>> { [Text] = [Text] },
    };

    private static HistoryEvent Event() => SampleHistories.Event(EventKind.Illegal, 0.5, Text, 1, (1, 1)) with
    {
        Queue = Text,
        Record = Text,
        Key = Text,
        Detail = Text,
    };
}
