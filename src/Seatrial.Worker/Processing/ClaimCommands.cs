using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>From a request to its statement, and from the statement's rows to a batch.</summary>
internal sealed class ClaimCommands(string owner, TimeProvider time)
{
    private static readonly short[] _priorities = [.. Enumerable.Range(0, Watermarks.Priorities).Select(p => (short)p)];

    public NpgsqlBatchCommand Create(ClaimRequest claim) => claim.Store switch
    {
        RecordStore.Rows => new NpgsqlBatchCommand(RowStatements.Claim)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = claim.Queue },
                new NpgsqlParameter<int> { TypedValue = claim.Limit },
                new NpgsqlParameter<string> { TypedValue = owner },
                new NpgsqlParameter<TimeSpan> { TypedValue = claim.Lease },
                new NpgsqlParameter<short[]> { TypedValue = _priorities },
                Parameters.Array(claim.Since, NpgsqlDbType.TimestampTz),
            },
        },
        RecordStore.Chunks => new NpgsqlBatchCommand(ChunkStatements.Claim)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = claim.Queue },
                new NpgsqlParameter<string> { TypedValue = owner },
                new NpgsqlParameter<TimeSpan> { TypedValue = claim.Lease },
                new NpgsqlParameter<DateTime> { TypedValue = claim.Since[0], NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        },
    };

    /// <summary>Null when nothing was due.</summary>
    public async Task<LeasedBatch?> ReadAsync(
        NpgsqlDataReader reader, ClaimRequest claim, long askedAt, Watermarks marks, CancellationToken cancellationToken)
    {
        var records = new List<ClaimedRecord>(claim.Limit);
        long? chunk = null;
        var earliest = new DateTime?[claim.Since.Length];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            records.Add(new ClaimedRecord(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetFieldValue<byte[]>(2),
                reader.GetInt64(3),
                reader.GetInt32(4)));
            var level = claim.Store is RecordStore.Rows ? reader.GetInt16(5) : 0;
            if (claim.Store is RecordStore.Rows || chunk is null)
            {
                var at = reader.GetDateTime(6);
                earliest[level] = earliest[level] < at ? earliest[level] : at;
            }

            chunk ??= claim.Store is RecordStore.Chunks ? reader.GetInt64(5) : null;
        }

        for (var level = 0; level < earliest.Length; level++)
        {
            if (earliest[level] is { } at)
            {
                marks.Saw(claim.Store, level, at);
            }
        }

        records.Sort((one, other) => one.Id.CompareTo(other.Id));
        return records.Count == 0 ? null : new LeasedBatch(records, claim.Lease, askedAt, time) { Chunk = chunk };
    }
}
