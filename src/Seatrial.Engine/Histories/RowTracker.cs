using System.Runtime.CompilerServices;
using System.Text;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Follows the rows of the queue table and tells what each change meant. Holds one small state per row, and allocates
/// nothing for a change of a row that it knows.
/// </summary>
internal sealed class RowTracker(MappedTables tables, WalTransaction transaction, EventSink sink)
{
    private readonly bool _claimsShow = tables.Mapping.Queue.Running.Count > 0;
    private readonly RowIndex _rows = new();
    private readonly RowReader _reader = new(tables.Mapping);

    // Rows that the transaction under way deleted: an effect that comes after its completion still has their key.
    private readonly Dictionary<string, RowState> _gone = [];
    private uint _goneIn;
    private long _index;

    /// <summary>Changes of queues that are none of the mapping's stages.</summary>
    public long Ignored { get; private set; }

    /// <summary>A row that was there, ready, before the log began.</summary>
    public void Seed(in RowState row, ulong position, long at)
    {
        _rows.Set(row);
        var present = new HistoryEvent
        {
            Index = _index++,
            CommitLsn = position,
            Xid = 0,
            At = at,
            Kind = EventKind.Enqueue,
            Queue = row.Queue,
            Record = row.Record,
            Key = row.Key,
            Epoch = row.Epoch,
            Detail = HistoryFormat.PresentBefore,
        };
        sink(present, default);
    }

    public void Insert(in MappedColumns columns)
    {
        if (_reader.StageOf(columns, null) is not { } stage)
        {
            Ignored++;
            return;
        }

        var row = _reader.Read(columns, Blank(columns, stage), out var detail);
        _rows.Set(row);
        Emit(EventMapper.Insert(row, _claimsShow, detail), default, row);
    }

    public void Update(in MappedColumns columns)
    {
        ref var row = ref _rows.Find(IdOf(columns));
        if (Unsafe.IsNullRef(ref row))
        {
            Stranger(columns);
            return;
        }

        var before = row;
        row = _reader.Read(
            columns, before with { Queue = _reader.StageOf(columns, before.Queue) ?? "?" }, out var detail);
        Emit(EventMapper.Update(before, row, transaction.At, detail), before, row);
    }

    /// <summary>An update that changed the id itself.</summary>
    public void Rename(ReadOnlySpan<byte> oldId, in MappedColumns columns)
    {
        ref var row = ref _rows.Find(oldId);
        if (Unsafe.IsNullRef(ref row))
        {
            Stranger(columns);
            return;
        }

        var before = row;
        var newId = Encoding.UTF8.GetString(IdOf(columns));
        _rows.Remove(before.Record);
        _rows.Set(_reader.Read(columns, before with { Record = newId }, out _));
        Emit([new Step(EventKind.Illegal, $"its id was changed to {newId}")], before, before);
    }

    public void Delete(in MappedColumns old)
    {
        ref var row = ref _rows.Find(IdOf(old));
        if (Unsafe.IsNullRef(ref row))
        {
            Ignored++;
            return;
        }

        var before = row;
        _rows.Remove(before.Record);
        if (_goneIn != transaction.Xid)
        {
            _gone.Clear();
            _goneIn = transaction.Xid;
        }

        _gone[before.Record] = before;
        Emit(EventMapper.Delete(before, tables.Mapping.Queue.DeleteIsDone), before, before);
    }

    /// <summary>Every row went at once.</summary>
    public void Truncate()
    {
        foreach (var row in _rows.Rows)
        {
            Emit(EventKind.Removed, null, row, row);
        }

        _rows.Clear();
    }

    public void Effect(in MappedColumns columns)
    {
        ref var row = ref _rows.Find(IdOf(columns));
        var known = !Unsafe.IsNullRef(ref row);
        var stage = columns.IsAbsent(ColumnRole.Queue) && known ? row.Queue : _reader.StageOf(columns, null);
        if (stage is null)
        {
            Ignored++;
            return;
        }

        var effect = known ? row : Gone(columns, stage);
        var isNumber = RowReader.TryEpoch(columns, null, out var epoch);
        effect = effect with
        {
            Queue = stage,
            Owner = _reader.TextOf(columns, ColumnRole.Owner, effect.Owner),
            Epoch = isNumber ? epoch : null,
            LeaseUntil = null,
        };
        Emit(
            isNumber ? EventKind.Effect : EventKind.Illegal,
            isNumber ? null : "its effect's epoch is no number",
            effect,
            effect);
    }

    /// <summary>An effect was changed or deleted: a published result is not what it was.</summary>
    public void EffectChanged(string what, in MappedColumns columns)
    {
        if (!columns.TryGet(ColumnRole.Record, out var id))
        {
            OfNoRecord(what);
            return;
        }

        ref var row = ref _rows.Find(id);
        var changed = Unsafe.IsNullRef(ref row)
            ? Blank(columns, _reader.StageOf(columns, null) ?? tables.Mapping.Stages[0])
            : row;
        Emit(EventKind.Illegal, what, changed, changed);
    }

    /// <summary>Something that happened to a table, not to a record.</summary>
    public void OfNoRecord(string detail)
    {
        var none = new RowState { Record = "", Queue = tables.Mapping.Stages[0] };
        Emit(EventKind.Illegal, detail, none, none);
    }

    /// <summary>The record that a change is about.</summary>
    public static ReadOnlySpan<byte> IdOf(in MappedColumns columns) => columns.TryGet(ColumnRole.Record, out var id)
        ? id
        : throw new HistoryGapException(
            "a change came without the record's id: the table's replica identity was changed");

    private RowState Gone(in MappedColumns columns, string stage)
    {
        var blank = Blank(columns, stage);
        return _goneIn == transaction.Xid && _gone.TryGetValue(blank.Record, out var row) ? row : blank;
    }

    private static RowState Blank(in MappedColumns columns, string stage) =>
        new() { Record = Encoding.UTF8.GetString(IdOf(columns)), Queue = stage };

    /// <summary>A row that the log never saw come: of another queue, or one that was moved into a stage.</summary>
    private void Stranger(in MappedColumns columns)
    {
        if (_reader.StageOf(columns, null) is not { } stage)
        {
            Ignored++;
            return;
        }

        var row = _reader.Read(columns, Blank(columns, stage), out _);
        _rows.Set(row);
        Emit(EventKind.Illegal, "changed without ever having been put into this queue", row, row);
    }

    private void Emit(Step[] steps, RowState before, in RowState after)
    {
        foreach (var step in steps)
        {
            // Taken from, or given back by, whoever had it: the row itself no longer says who.
            var row = step.Kind is EventKind.Release or EventKind.Expire
                ? after with { Owner = before.Owner, LeaseUntil = before.LeaseUntil }
                : after;
            Emit(step.Kind, step.Detail, row, before);
            before = after with { Phase = step.Kind is EventKind.Claim ? Phase.Running : Phase.Ready };
        }
    }

    private void Emit(EventKind kind, string? detail, in RowState row, in RowState before)
    {
        var happened = new HistoryEvent
        {
            Index = _index++,
            CommitLsn = transaction.Commit,
            Xid = transaction.Xid,
            At = transaction.At,
            Kind = kind,
            Queue = row.Queue,
            Record = row.Record,
            Owner = row.Owner,
            Epoch = row.Epoch,
            Key = row.Key,
            LeaseUntil = row.LeaseUntil,
            Detail = detail,
        };
        sink(happened, before);
    }
}
