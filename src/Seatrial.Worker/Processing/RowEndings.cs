using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>
/// From endings of records that have each a lease to statements: one for each kind that occurs, each returning the ids
/// of those whose fence held.
/// </summary>
internal static class RowEndings
{
    public static IEnumerable<NpgsqlBatchCommand> Create(IReadOnlyList<HandledRecord> records, string owner) =>
        new[] { Complete(records, owner), Release(records), Bury(records) }.OfType<NpgsqlBatchCommand>();

    private static NpgsqlBatchCommand? Complete(IReadOnlyList<HandledRecord> records, string owner)
    {
        var done = Endings<Ending.Done>(records);
        var followUps = done
            .SelectMany(record => record.Ending.Outcome.FollowUps, (record, next) => (
                record.Claimed.Id, Next: next, Trace: record.Ending.Outcome.Trace ?? record.Claimed.Trace))
            .ToList();
        return done.Count == 0 ? null : new NpgsqlBatchCommand(RowStatements.Complete)
        {
            Parameters =
            {
                Ids(done),
                Fences(done),
                Parameters.Array(done.Select(record => record.Ending.Outcome.Result), NpgsqlDbType.Jsonb),
                Parameters.Array(followUps.Select(followUp => followUp.Id), NpgsqlDbType.Bigint),
                Parameters.Array(followUps.Select(followUp => followUp.Next.Queue), NpgsqlDbType.Text),
                Parameters.Array(followUps.Select(followUp => followUp.Next.Key), NpgsqlDbType.Text),
                Parameters.Array(followUps.Select(followUp => followUp.Next.Payload), NpgsqlDbType.Jsonb),
                new NpgsqlParameter<string> { TypedValue = owner },
                Parameters.Array(followUps.Select(followUp => followUp.Trace), NpgsqlDbType.Text),
            },
        };
    }

    private static NpgsqlBatchCommand? Release(IReadOnlyList<HandledRecord> records)
    {
        var retried = Endings<Ending.Retry>(records);
        var untouched = Endings<Ending.Untouched>(records);
        return retried.Count + untouched.Count == 0 ? null : new NpgsqlBatchCommand(RowStatements.Release)
        {
            Parameters =
            {
                Parameters.Array([.. retried.Select(Id), .. untouched.Select(Id)], NpgsqlDbType.Bigint),
                Parameters.Array([.. retried.Select(Fence), .. untouched.Select(Fence)], NpgsqlDbType.Bigint),
                Parameters.Array(
                    [.. retried.Select(record => record.Ending.Wait), .. untouched.Select(_ => TimeSpan.Zero)],
                    NpgsqlDbType.Interval),
                Parameters.Array(
                    [.. retried.Select(record => record.Ending.Error), .. untouched.Select(_ => (string?)null)],
                    NpgsqlDbType.Text),
                Parameters.Array([.. retried.Select(_ => true), .. untouched.Select(_ => false)], NpgsqlDbType.Boolean),
            },
        };
    }

    private static NpgsqlBatchCommand? Bury(IReadOnlyList<HandledRecord> records)
    {
        var dead = Endings<Ending.Dead>(records);
        return dead.Count == 0 ? null : new NpgsqlBatchCommand(RowStatements.Bury)
        {
            Parameters =
            {
                Ids(dead),
                Fences(dead),
                Parameters.Array(dead.Select(record => record.Ending.Error), NpgsqlDbType.Text),
            },
        };
    }

    private static List<(ClaimedRecord Claimed, TEnding Ending)> Endings<TEnding>(IReadOnlyList<HandledRecord> records)
        where TEnding : Ending =>
    [
        .. records.Where(record => record.Ending is TEnding)
            .Select(record => (record.Claimed, (TEnding)record.Ending)),
    ];

    private static NpgsqlParameter Ids<T>(List<(ClaimedRecord Claimed, T Ending)> records) =>
        Parameters.Array(records.Select(Id), NpgsqlDbType.Bigint);

    private static NpgsqlParameter Fences<T>(List<(ClaimedRecord Claimed, T Ending)> records) =>
        Parameters.Array(records.Select(Fence), NpgsqlDbType.Bigint);

    private static long Id<T>((ClaimedRecord Claimed, T Ending) record) => record.Claimed.Id;

    private static long Fence<T>((ClaimedRecord Claimed, T Ending) record) => record.Claimed.Fence;
}
