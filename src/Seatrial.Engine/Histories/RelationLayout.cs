using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>The two mapped tables by the numbers that the log calls them, which a rename does not change.</summary>
internal sealed record MappedTables(RecordMapping Mapping, uint QueueTable, uint EffectTable);

/// <summary>What each column of a table means, in the order in which the log sends them.</summary>
internal sealed record RelationLayout(bool IsQueue, string Table, ColumnRole[] Roles)
{
    /// <summary>Reads a relation message after its type byte; null for a table that is not mapped.</summary>
    public static RelationLayout? Read(ref PgOutputReader reader, MappedTables tables, out uint relation)
    {
        relation = reader.UInt32();
        var table = $"{reader.Text()}.{reader.Text()}";
        if (relation != tables.QueueTable && relation != tables.EffectTable)
        {
            return null;
        }

        _ = reader.Byte();
        var isQueue = relation == tables.QueueTable;
        var wanted = isQueue ? ColumnsOf(tables.Mapping.Queue) : ColumnsOf(tables.Mapping.Effect);
        var roles = new ColumnRole[reader.Int16()];
        for (var i = 0; i < roles.Length; i++)
        {
            _ = reader.Byte();
            var name = reader.Text();
            _ = reader.Int64();
            roles[i] = wanted.Remove(name, out var role) ? role : ColumnRole.Unmapped;
        }

        return wanted.Count == 0
            ? new RelationLayout(isQueue, table, roles)
            : throw new HistoryGapException(
                $"table {table} was altered: it lacks {string.Join(", ", wanted.Keys)}, which the mapping names");
    }

    /// <summary>The mapped columns of the queue table.</summary>
    public static Dictionary<string, ColumnRole> ColumnsOf(QueueTable table) => Mapped(
        (table.Id, ColumnRole.Record),
        (table.QueueName, ColumnRole.Queue),
        (table.Key, ColumnRole.Key),
        (table.State, ColumnRole.State),
        (table.Owner, ColumnRole.Owner),
        (table.Epoch, ColumnRole.Epoch),
        (table.LeaseUntil, ColumnRole.LeaseUntil),
        (table.Error, ColumnRole.Error));

    /// <summary>The mapped columns of the effect table.</summary>
    public static Dictionary<string, ColumnRole> ColumnsOf(EffectTable table) => Mapped(
        (table.Record, ColumnRole.Record),
        (table.QueueName, ColumnRole.Queue),
        (table.Owner, ColumnRole.Owner),
        (table.Epoch, ColumnRole.Epoch));

    private static Dictionary<string, ColumnRole> Mapped(params ReadOnlySpan<(string? Column, ColumnRole Role)> columns)
    {
        var mapped = new Dictionary<string, ColumnRole>(StringComparer.Ordinal);
        foreach (var (column, role) in columns)
        {
            if (column is not null)
            {
                mapped.Add(column, role);
            }
        }

        return mapped;
    }
}
