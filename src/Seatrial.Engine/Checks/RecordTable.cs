using System.Runtime.InteropServices;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// The index of records that all checks share: found by queue and id, kept in pages that are never copied.
/// </summary>
internal sealed class RecordTable(IReadOnlyList<string> stages)
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private readonly Dictionary<string, int>[] _slots =
        [.. stages.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];

    private readonly List<RecordState[]> _pages = [];

    public int Count { get; private set; }

    /// <summary>Grows with each gap; what was learnt before a gap may no longer hold.</summary>
    public int Generation { get; private set; }

    public IReadOnlyList<string> Stages => stages;

    public ref RecordState this[int slot] => ref _pages[slot >> PageBits][slot & (PageSize - 1)];

    /// <summary>The stage's number; -1 for a queue that is none.</summary>
    public int StageOf(string queue)
    {
        for (var i = 0; i < stages.Count; i++)
        {
            if (ReferenceEquals(stages[i], queue) || stages[i] == queue)
            {
                return i;
            }
        }

        return -1;
    }

    public int FindOrAdd(int stage, string record, string? key)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots[stage], record, out var exists);
        if (exists)
        {
            return slot;
        }

        slot = Count++;
        if (slot >> PageBits == _pages.Count)
        {
            _pages.Add(new RecordState[PageSize]);
        }

        this[slot] = new RecordState
        {
            Record = record,
            Key = key,
            Stage = (byte)stage,
            ClaimEpoch = RecordState.None,
            MaxEpoch = RecordState.None,
            LeaseUntil = RecordState.None,
        };
        return slot;
    }

    /// <summary>Whether what is remembered of the record is its state now.</summary>
    public bool IsSure(in RecordState state) => Generation == 0 || state.Generation == Generation;

    public void Gap() => Generation++;

    /// <summary>As reports name a record: <c>rpa2/4711 (gss:4711)</c>.</summary>
    public string Label(int slot)
    {
        ref var state = ref this[slot];
        return state.Record.Length == 0
            ? "no record"
            : $"{stages[state.Stage]}/{state.Record}{(state.Key is null ? "" : $" ({state.Key})")}";
    }

    /// <summary>What an event makes of a record.</summary>
    public void Apply(in HistoryEvent happened, int slot)
    {
        ref var state = ref this[slot];
        state.Key ??= happened.Key;
        if (happened.Kind is EventKind.Effect)
        {
            // An effect does not move its record, and says nothing of where that stands.
            state.Effects++;
            return;
        }

        if (!IsSure(state))
        {
            Anchor(ref state, happened);
        }

        if (happened.Epoch > state.MaxEpoch
            && happened.Kind is not (EventKind.Done or EventKind.Dead or EventKind.Illegal))
        {
            state.MaxEpoch = happened.Epoch.Value;
        }

        switch (happened.Kind)
        {
            case EventKind.Enqueue:
                state.Marks |= RecordMarks.Enqueued;
                state.Phase = Phase.Ready;
                break;
            case EventKind.Claim:
                state.Claims++;
                state.Owner = happened.Owner;
                state.ClaimEpoch = happened.Epoch ?? RecordState.None;
                state.LeaseUntil = happened.LeaseUntil ?? RecordState.None;
                state.Phase = Phase.Running;
                break;
            case EventKind.Renew:
                state.LeaseUntil = happened.LeaseUntil ?? RecordState.None;
                break;
            case EventKind.Release or EventKind.Expire:
                state.Phase = Phase.Ready;
                break;
            case EventKind.Done:
                state.Completions++;
                state.Phase = Phase.Done;
                break;
            case EventKind.Dead:
                state.Phase = Phase.Dead;
                break;
            case EventKind.Removed:
                state.Phase = Phase.Removed;
                break;
            case EventKind.Illegal:
                state.Phase = Phase.Unclear;
                break;
            case EventKind.Effect:
                break;
        }
    }

    /// <summary>
    /// The first that is seen of a record after a gap: what it was before counts no longer, what the row shows does.
    /// </summary>
    private void Anchor(ref RecordState state, in HistoryEvent happened)
    {
        state.Generation = Generation;
        state.Owner = happened.Owner;
        state.LeaseUntil = happened.LeaseUntil ?? RecordState.None;
        if (happened.Kind is EventKind.Enqueue)
        {
            return;
        }

        state.MaxEpoch = Math.Max(state.MaxEpoch, happened.Epoch ?? RecordState.None);
        if (
            happened.Kind is EventKind.Renew or EventKind.Done or EventKind.Dead
                or EventKind.Release or EventKind.Expire)
        {
            // Somebody has claimed it, whether that was seen or not.
            state.Claims = Math.Max(state.Claims, 1);
            state.Phase = Phase.Running;
        }
    }
}
