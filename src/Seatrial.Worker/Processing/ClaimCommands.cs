using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>From a request to its statement, and from the statement's rows to a batch.</summary>
internal sealed class ClaimCommands(string owner, TimeProvider time)
{
    private const int TraceColumn = 7;

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
                Parameters.Array(claim.Since.Select(mark => mark.RunAt), NpgsqlDbType.TimestampTz),
                Parameters.Array(claim.Since.Select(mark => mark.Id), NpgsqlDbType.Bigint),
            },
        },
        RecordStore.Chunks => new NpgsqlBatchCommand(ChunkStatements.Claim)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = claim.Queue },
                new NpgsqlParameter<string> { TypedValue = owner },
                new NpgsqlParameter<TimeSpan> { TypedValue = claim.Lease },
                new NpgsqlParameter<DateTime>
                {
                    TypedValue = claim.Since[0].RunAt, NpgsqlDbType = NpgsqlDbType.TimestampTz,
                },
                new NpgsqlParameter<long> { TypedValue = claim.Since[0].Id },
            },
        },
    };

    /// <summary>Null when nothing was due.</summary>
    public async Task<LeasedBatch?> ReadAsync(
        NpgsqlDataReader reader,
        ClaimRequest claim,
        long askedAt,
        Watermarks marks,
        CancellationToken cancellationToken)
    {
        var records = new List<ClaimedRecord>(claim.Limit);
        long? chunk = null;
        var earliest = new Mark?[claim.Since.Length];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            records.Add(new ClaimedRecord(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetFieldValue<byte[]>(2),
                reader.GetInt64(3),
                reader.GetInt32(4))
            {
                Trace = reader.IsDBNull(TraceColumn) ? null : reader.GetString(TraceColumn),
            });
            var level = claim.Store is RecordStore.Rows ? reader.GetInt16(5) : 0;
            if (claim.Store is RecordStore.Rows || chunk is null)
            {
                var at = new Mark(
                    reader.GetDateTime(6), claim.Store is RecordStore.Rows ? reader.GetInt64(0) : reader.GetInt64(5));
                earliest[level] = earliest[level] is { } known && known.CompareTo(at) <= 0 ? known : at;
            }

            chunk ??= claim.Store is RecordStore.Chunks ? reader.GetInt64(5) : null;
        }

        marks.Saw(claim, earliest, time.GetElapsedTime(askedAt));

        records.Sort((one, other) => one.Id.CompareTo(other.Id));
        return records.Count == 0 ? null : new LeasedBatch(records, claim.Lease, askedAt, time) { Chunk = chunk };
    }
}
