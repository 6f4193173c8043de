using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>Parameters of statements over many records.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new NpgsqlParameter<T[]>
        {
            TypedValue = values as T[] ?? [.. values],
            NpgsqlDbType = NpgsqlDbType.Array | type,
        };
}
