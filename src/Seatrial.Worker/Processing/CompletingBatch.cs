using Npgsql;

namespace Seatrial.Worker.Processing;

/// <summary>Records that are just being completed, for SQL that has to land with them or not at all.</summary>
/// <typeparam name="TPayload">What the flow reads from the row's JSON.</typeparam>
public sealed class CompletingBatch<TPayload>
{
    internal CompletingBatch(NpgsqlConnection connection, IReadOnlyList<Record<TPayload>> records)
    {
        Connection = connection;
        Records = records;
    }

    /// <summary>
    /// In the completing transaction. Don't commit it, don't keep the connection, and change nothing of the session
    /// beyond the transaction (<c>set local</c>, not <c>set</c>): it is used again as it is.
    /// </summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Those that this worker still held: the others have been taken over and do not count here.</summary>
    public IReadOnlyList<Record<TPayload>> Records { get; }
}
