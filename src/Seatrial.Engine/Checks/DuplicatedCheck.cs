using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>Effects beyond the first of each record; seen even where the log has a gap.</summary>
internal sealed class DuplicatedCheck : ICheck
{
    private readonly Offences _offences = new();

    public string Id => "duplicated";

    public string Title => "No record has more than one effect";

    public void Observe(in Observation seen)
    {
        if (seen.Event.Kind is EventKind.Effect && seen.Before.Effects > 0)
        {
            var number = seen.Before.Effects + 1;
            _offences.Add(seen, _ => $"it is effect number {number} of one record");
        }
    }

    public CheckOutcome Conclude(Trial trial) => trial.Decide(
        _offences,
        $"{Words.Count(_offences.Count, "effect")} too many.",
        $"{Words.Count(trial.Tally.Queues.Sum(queue => queue.Effects), "effect")}, none twice.");

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) =>
        narrator.Collision(offence, history, EventKind.Effect);
}
