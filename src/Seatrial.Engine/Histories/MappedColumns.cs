using System.Runtime.CompilerServices;

namespace Seatrial.Engine.Histories;

/// <summary>What a column means to the judge.</summary>
internal enum ColumnRole
{
    Record,
    Queue,
    Key,
    State,
    Owner,
    Epoch,
    LeaseUntil,
    Error,

    /// <summary>Nothing: it is read over.</summary>
    Unmapped,
}

/// <summary>
/// Where the value of each role stands in a message; a message is read once, and only the mapped values of it.
/// </summary>
internal ref struct MappedColumns
{
    private const int Null = -1;
    private const int Unchanged = -2;
    private const int Absent = -3;

    private readonly ReadOnlySpan<byte> _message;
    private Places _places;

    private MappedColumns(ReadOnlySpan<byte> message)
    {
        _message = message;
        ((Span<Place>)_places).Fill(new Place(0, Absent));
    }

    /// <summary>Reads a tuple whose columns have these roles.</summary>
    public static MappedColumns Read(ReadOnlySpan<byte> message, scoped ref PgOutputReader reader, ColumnRole[] roles)
    {
        var columns = new MappedColumns(message);
        var count = reader.Int16();
        for (var i = 0; i < count; i++)
        {
            var kind = reader.Byte();
            var length = kind switch
            {
                (byte)'t' => reader.Int32(),
                (byte)'n' => Null,
                (byte)'u' => Unchanged,
                _ => throw new HistoryGapException(
                    $"the log holds a column of kind '{(char)kind}', which no text column has"),
            };
            columns._places[(int)roles[i]] = new Place(reader.Position, length);
            reader.Skip(Math.Max(0, length));
        }

        return columns;
    }

    /// <summary>Whether the mapping has no such column.</summary>
    public readonly bool IsAbsent(ColumnRole role) => _places[(int)role].Length == Absent;

    /// <summary>Whether the value is too long to be in the row itself and was not touched.</summary>
    public readonly bool IsUnchanged(ColumnRole role) => _places[(int)role].Length == Unchanged;

    /// <summary>The value's bytes; false when it is null, unchanged or absent.</summary>
    public readonly bool TryGet(ColumnRole role, out ReadOnlySpan<byte> value)
    {
        var place = _places[(int)role];
        value = place.Length < 0 ? default : _message.Slice(place.Offset, place.Length);
        return place.Length >= 0;
    }

    private readonly record struct Place(int Offset, int Length);

    [InlineArray((int)ColumnRole.Unmapped + 1)]
    private struct Places
    {
        private Place _first;
    }
}
