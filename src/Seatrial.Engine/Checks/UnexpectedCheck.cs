using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Effects and records that come from nowhere, or from an insert that the client was told had failed.
/// </summary>
internal sealed class UnexpectedCheck(ClientExpectations client, Func<bool> logIsWhole) : ICheck
{
    private readonly Offences _offences = new();

    /// <summary>Records whose insert the client never heard of again.</summary>
    public long Recovered { get; private set; }

    public string Id => "unexpected";

    public string Title => "Every record and every effect comes from an insert that may have taken effect";

    public void Observe(in Observation seen)
    {
        switch (seen.Event.Kind)
        {
            case EventKind.Effect when !seen.Before.Has(RecordMarks.Enqueued) && logIsWhole():
                _offences.Add(seen, _ => "an effect of a record that was never put in");
                break;
            case EventKind.Enqueue when seen.Before.Stage == 0 && client is { IsKept: true, Damage: null }
                && seen.Event.Detail != HistoryFormat.PresentBefore:
                Source(seen);
                break;
            default:
                break;
        }
    }

    public CheckOutcome Conclude(Trial trial) => trial.Decide(
        _offences,
        $"{Words.Count(_offences.Count, "record or effect", "records or effects")} that nobody may have put in.",
        trial.Client.IsKept
            ? $"{Words.Count(trial.Tally.Queues[0].Enqueued, "record")} put in, each by an insert of the client's"
                + (Recovered == 0 ? "." : $"; {Recovered} of them by inserts whose answer was lost.")
            : "Every effect is of a record that was put in; without a client's log it can't be told by whom.",
        trial.Client.Damage is { } damage ? $"Can't be told: {damage}." : null);

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) =>
        narrator.Collision(offence, history);

    private void Source(in Observation seen)
    {
        switch (client.Match(seen))
        {
            case Expectation.Recovered:
                Recovered++;
                break;
            case Expectation.Phantom:
                _offences.Add(seen, _ => "the client was told that this insert had failed");
                break;
            case Expectation.Nobody:
                _offences.Add(seen, _ => "the client's log has no such insert");
                break;
            case Expectation.Acked:
                break;
        }
    }
}
