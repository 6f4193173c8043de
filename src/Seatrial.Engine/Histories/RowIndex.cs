using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Seatrial.Engine.Histories;

/// <summary>The rows of the queue table by id, found from the log's bytes without making a string.</summary>
internal sealed class RowIndex
{
    private const int StackLimit = 256;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<RowState> _rows = [];
    private readonly Stack<int> _free = [];

    public RowIndex() => _lookup = _slots.GetAlternateLookup<ReadOnlySpan<char>>();

    public IEnumerable<RowState> Rows => _slots.Values.Select(slot => _rows[slot]);

    /// <summary>
    /// The row, to be read and overwritten in place until the next <see cref="Set"/>; a null reference when there is
    /// none.
    /// </summary>
    public ref RowState Find(ReadOnlySpan<byte> id)
    {
        int slot;
        if (id.Length > StackLimit)
        {
            slot = _slots.GetValueOrDefault(Encoding.UTF8.GetString(id), -1);
        }
        else
        {
            Span<char> characters = stackalloc char[StackLimit];
            slot = _lookup.TryGetValue(characters[..Encoding.UTF8.GetChars(id, characters)], out var found)
                ? found : -1;
        }

        return ref slot < 0 ? ref Unsafe.NullRef<RowState>() : ref CollectionsMarshal.AsSpan(_rows)[slot];
    }

    public void Set(in RowState row)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, row.Record, out var exists);
        if (exists)
        {
            _rows[slot] = row;
        }
        else if (_free.TryPop(out slot))
        {
            _rows[slot] = row;
        }
        else
        {
            slot = _rows.Count;
            _rows.Add(row);
        }
    }

    public void Remove(string record)
    {
        if (_slots.Remove(record, out var slot))
        {
            _rows[slot] = default;
            _free.Push(slot);
        }
    }

    public void Clear()
    {
        _slots.Clear();
        _rows.Clear();
        _free.Clear();
    }
}
