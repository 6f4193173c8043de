using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>From endings to statements: one for each kind that occurs.</summary>
internal static class EndingBatch
{
    public static NpgsqlBatch Create(NpgsqlConnection connection, IReadOnlyList<HandledRecord> records, string owner)
    {
        var batch = new NpgsqlBatch(connection);
        Add(batch, Complete(records, owner));
        Add(batch, Release(records));
        Add(batch, Bury(records));
        return batch;
    }

    public static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    private static void Add(NpgsqlBatch batch, NpgsqlBatchCommand? command)
    {
        if (command is not null)
        {
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlBatchCommand? Complete(IReadOnlyList<HandledRecord> records, string owner)
    {
        var done = Endings<Ending.Done>(records);
        var followUps = done
            .SelectMany(record => record.Ending.Outcome.FollowUps, (record, next) => (record.Claimed.Id, Next: next))
            .ToList();
        return done.Count == 0 ? null : new NpgsqlBatchCommand(QueueStatements.Complete)
        {
            Parameters =
            {
                Ids(done),
                Fences(done),
                Array(done.Select(record => record.Ending.Outcome.Result), NpgsqlDbType.Jsonb),
                Array(followUps.Select(followUp => followUp.Id), NpgsqlDbType.Bigint),
                Array(followUps.Select(followUp => followUp.Next.Queue), NpgsqlDbType.Text),
                Array(followUps.Select(followUp => followUp.Next.Key), NpgsqlDbType.Text),
                Array(followUps.Select(followUp => followUp.Next.Payload), NpgsqlDbType.Jsonb),
                new NpgsqlParameter<string> { TypedValue = owner },
            },
        };
    }

    private static NpgsqlBatchCommand? Release(IReadOnlyList<HandledRecord> records)
    {
        var retried = Endings<Ending.Retry>(records);
        var untouched = Endings<Ending.Untouched>(records);
        return retried.Count + untouched.Count == 0 ? null : new NpgsqlBatchCommand(QueueStatements.Release)
        {
            Parameters =
            {
                Array([.. retried.Select(Id), .. untouched.Select(Id)], NpgsqlDbType.Bigint),
                Array([.. retried.Select(Fence), .. untouched.Select(Fence)], NpgsqlDbType.Bigint),
                Array(
                    [.. retried.Select(record => record.Ending.Wait), .. untouched.Select(_ => TimeSpan.Zero)],
                    NpgsqlDbType.Interval),
                Array(
                    [.. retried.Select(record => record.Ending.Error), .. untouched.Select(_ => (string?)null)],
                    NpgsqlDbType.Text),
                Array([.. retried.Select(_ => true), .. untouched.Select(_ => false)], NpgsqlDbType.Boolean),
            },
        };
    }

    private static NpgsqlBatchCommand? Bury(IReadOnlyList<HandledRecord> records)
    {
        var dead = Endings<Ending.Dead>(records);
        return dead.Count == 0 ? null : new NpgsqlBatchCommand(QueueStatements.Bury)
        {
            Parameters =
            {
                Ids(dead),
                Fences(dead),
                Array(dead.Select(record => record.Ending.Error), NpgsqlDbType.Text),
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
        Array(records.Select(Id), NpgsqlDbType.Bigint);

    private static NpgsqlParameter Fences<T>(List<(ClaimedRecord Claimed, T Ending)> records) =>
        Array(records.Select(Fence), NpgsqlDbType.Bigint);

    private static long Id<T>((ClaimedRecord Claimed, T Ending) record) => record.Claimed.Id;

    private static long Fence<T>((ClaimedRecord Claimed, T Ending) record) => record.Claimed.Fence;
}
