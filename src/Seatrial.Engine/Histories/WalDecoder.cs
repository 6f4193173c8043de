using System.Text;

namespace Seatrial.Engine.Histories;

/// <summary>Takes an event and the row as it was before; by reference, since millions come.</summary>
internal delegate void EventSink(in HistoryEvent happened, in RowState before);

/// <summary>
/// Reads pgoutput's messages (protocol 1, values as text) in commit order, and hands what changed to the rows.
/// </summary>
internal sealed class WalDecoder
{
    /// <summary>The prefix of the messages that the judge itself writes into the log.</summary>
    public const string MarkerPrefix = "seatrial";

    private readonly MappedTables _tables;
    private readonly Dictionary<uint, RelationLayout> _relations = [];
    private readonly WalTransaction _transaction = new();

    public WalDecoder(MappedTables tables, EventSink sink)
    {
        _tables = tables;
        Rows = new RowTracker(tables, _transaction, sink);
    }

    public RowTracker Rows { get; }

    /// <summary>Up to where whole transactions were read.</summary>
    public ulong ReadUpTo => _transaction.ReadUpTo;

    /// <summary>The content of the last marker that came by.</summary>
    public string? Marker { get; private set; }

    /// <summary>Reads one message; true when it ended a transaction.</summary>
    public bool Decode(ReadOnlySpan<byte> message)
    {
        var reader = new PgOutputReader(message);
        switch (reader.Byte())
        {
            case (byte)'B':
                _transaction.Begin(ref reader);
                break;
            case (byte)'C':
                _transaction.End(ref reader);
                return true;
            case (byte)'R':
                if (RelationLayout.Read(ref reader, _tables, out var relation) is { } layout)
                {
                    _relations[relation] = layout;
                }

                break;
            case (byte)'I':
                Insert(message, ref reader);
                break;
            case (byte)'U':
                Update(message, ref reader);
                break;
            case (byte)'D':
                Delete(message, ref reader);
                break;
            case (byte)'T':
                Truncate(ref reader);
                break;
            case (byte)'M':
                ReadMarker(ref reader);
                break;
            default:
                // Types and origins: nothing that a record goes through.
                break;
        }

        return false;
    }

    private void Insert(ReadOnlySpan<byte> message, ref PgOutputReader reader)
    {
        if (!IsNew(ref reader, out var layout))
        {
            return;
        }

        reader.Skip(1);
        var columns = MappedColumns.Read(message, ref reader, layout.Roles);
        if (layout.IsQueue)
        {
            Rows.Insert(columns);
        }
        else
        {
            Rows.Effect(columns);
        }
    }

    private void Update(ReadOnlySpan<byte> message, ref PgOutputReader reader)
    {
        if (!IsNew(ref reader, out var layout))
        {
            return;
        }

        var old = default(MappedColumns);
        var hasOld = reader.Byte() is not (byte)'N';
        if (hasOld)
        {
            old = MappedColumns.Read(message, ref reader, layout.Roles);
            reader.Skip(1);
        }

        var columns = MappedColumns.Read(message, ref reader, layout.Roles);
        if (!layout.IsQueue)
        {
            Rows.EffectChanged($"an effect in {layout.Table} was changed", columns);
        }
        else if (
            hasOld && old.TryGet(ColumnRole.Record, out var oldId) && !oldId.SequenceEqual(RowTracker.IdOf(columns)))
        {
            Rows.Rename(oldId, columns);
        }
        else
        {
            Rows.Update(columns);
        }
    }

    private void Delete(ReadOnlySpan<byte> message, ref PgOutputReader reader)
    {
        if (!IsNew(ref reader, out var layout))
        {
            return;
        }

        reader.Skip(1);
        var old = MappedColumns.Read(message, ref reader, layout.Roles);
        if (layout.IsQueue)
        {
            Rows.Delete(old);
        }
        else
        {
            Rows.EffectChanged($"an effect in {layout.Table} was deleted", old);
        }
    }

    private void Truncate(ref PgOutputReader reader)
    {
        var count = reader.Int32();
        reader.Skip(1);
        for (var i = 0; i < count; i++)
        {
            if (!_relations.TryGetValue(reader.UInt32(), out var layout) || !_transaction.TakeChange())
            {
                continue;
            }

            Rows.OfNoRecord($"table {layout.Table} was truncated");
            if (layout.IsQueue)
            {
                Rows.Truncate();
            }
        }
    }

    private void ReadMarker(ref PgOutputReader reader)
    {
        reader.Skip(sizeof(byte) + sizeof(ulong));
        if (reader.Text() == MarkerPrefix)
        {
            Marker = Encoding.UTF8.GetString(reader.Bytes(reader.Int32()));
        }
    }

    private bool IsNew(ref PgOutputReader reader, out RelationLayout layout)
    {
        layout = _relations[reader.UInt32()];
        return _transaction.TakeChange();
    }
}
