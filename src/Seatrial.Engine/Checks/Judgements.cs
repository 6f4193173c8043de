using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// From outcomes to a judgement: reads the history once more, for the whole story of the records that offend.
/// </summary>
internal static class Judgements
{
    public static Judgement Of(
        HistoryJudge judge,
        IReadOnlyList<(ICheck Check, CheckOutcome Outcome)> outcomes,
        TrialFacts facts,
        Func<IEnumerable<IReadOnlyList<HistoryEvent>>> again)
    {
        var containers = facts.Workers
            .Where(life => life.Owner is not null)
            .GroupBy(life => life.Owner ?? "", StringComparer.Ordinal)
            .ToDictionary(lives => lives.Key, lives => lives.Last().Container);
        var narrator = new Narrator(judge.Tally.Zero, containers);
        var timeline = judge.Timeline.Timeline();
        var stories = RecordStories.Collect(
            outcomes.SelectMany(outcome => outcome.Outcome.First).Select(offence => offence.Slot)
                .Concat(timeline.Late.Select(takeover => takeover.Slot)),
            judge.Records,
            again);
        timeline.Stories = timeline.Late
            .DistinctBy(takeover => takeover.Record)
            .ToDictionary(takeover => takeover.Record, takeover => stories.Of(takeover.Slot));
        var checks = outcomes.Select(
            outcome => Result(outcome.Check, outcome.Outcome, judge.Records, stories, narrator)).ToList();
        return new Judgement
        {
            Verdict = Verdicts.Merge(checks.Select(check => check.Verdict)),
            Checks = checks,
            Queues = judge.Tally.Queues,
            Workers = judge.Tally.Workers(containers),
            Series = judge.Tally.Series(),
            Totals = judge.Totals(),
            Timeline = timeline,
            Phases = judge.Latencies?.Phases(timeline) ?? [],
        };
    }

    private static CheckResult Result(
        ICheck check, CheckOutcome outcome, RecordTable records, RecordStories stories, Narrator narrator) => new()
        {
            Id = check.Id,
            Title = check.Title,
            Verdict = outcome.Verdict,
            Count = outcome.Count,
            Summary = outcome.Summary,
            Findings =
            [
                .. outcome.First.Select(offence => new Finding
                {
                    Record = offence.Slot < 0 ? offence.What.Split(' ')[0].TrimEnd(':') : records.Label(offence.Slot),
                    Story = check.Tell(offence, stories.Of(offence.Slot), narrator),
                    History = stories.Of(offence.Slot),
                }),
            ],
        };
}
