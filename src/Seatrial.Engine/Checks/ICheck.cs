using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>One question to a history; sees every event once, in commit order.</summary>
internal interface ICheck
{
    string Id { get; }

    /// <summary>What is checked, as the sentence that is true on a pass.</summary>
    string Title { get; }

    void Observe(in Observation seen);

    CheckOutcome Conclude(Trial trial);

    /// <summary>An offence as prose, from the record's whole history.</summary>
    string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator);
}

/// <summary>An event with what was known of its record before it.</summary>
internal readonly ref struct Observation(
    ref readonly HistoryEvent happened, ref readonly RecordState before, int slot, RecordTable records)
{
    public readonly ref readonly HistoryEvent Event = ref happened;

    public readonly ref readonly RecordState Before = ref before;

    public int Slot { get; } = slot;

    /// <summary>
    /// Whether <see cref="Before"/> is the record's state now: not so after a gap until it is seen again.
    /// </summary>
    public bool IsSure => records.IsSure(Before);

    public int Generation => records.Generation;

    public int LastStage => records.Stages.Count - 1;
}

/// <summary>One offence; the slot is -1 where the log has no such record.</summary>
internal sealed record Offence(int Slot, long Index, string What);

/// <summary>Counts offences and keeps the first.</summary>
internal sealed class Offences
{
    public const int Kept = 20;

    private readonly List<Offence> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<Offence> First => _first;

    public void Add(int slot, long index, string what)
    {
        if (Count++ < Kept)
        {
            _first.Add(new Offence(slot, index, what));
        }
    }

    /// <summary>For the hot path: the text is made only when it is kept.</summary>
    public void Add(in Observation seen, Func<HistoryEvent, string> what) =>
        Add(seen.Slot, seen.Event.Index, Count < Kept ? what(seen.Event) : "");
}

/// <summary>What a check found.</summary>
internal sealed record CheckOutcome(Verdict Verdict, long Count, string Summary, IReadOnlyList<Offence> First);
