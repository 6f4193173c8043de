using Npgsql;
using NpgsqlTypes;
using Seatrial.Wire;

namespace Seatrial.Worker.Processing;

/// <summary>From the endings of a chunk's records to one statement, which returns a row if the fence held.</summary>
internal static class ChunkEndings
{
    public static NpgsqlBatchCommand Create(long chunk, IReadOnlyList<HandledRecord> records, string owner) =>
        records.All(record => record.Ending is Ending.Untouched)
            ? Release(chunk, records[0].Claimed.Fence)
            : Complete(chunk, records, owner);

    private static NpgsqlBatchCommand Release(long chunk, long fence) => new(ChunkStatements.Release)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = chunk },
            new NpgsqlParameter<long> { TypedValue = fence },
        },
    };

    private static NpgsqlBatchCommand Complete(long chunk, IReadOnlyList<HandledRecord> records, string owner)
    {
        var done = records.Where(record => record.Ending is Ending.Done).ToList();
        var moved = records.Where(record => record.Ending is not Ending.Done).ToList();
        var isPlain = moved.Count == 0
            && done.TrueForAll(record => ((Ending.Done)record.Ending).Outcome.FollowUps.Count == 0);
        var command = new NpgsqlBatchCommand(isPlain ? ChunkStatements.CompleteAll : ChunkStatements.Complete)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = chunk },
                new NpgsqlParameter<long> { TypedValue = records[0].Claimed.Fence },
                new NpgsqlParameter<string> { TypedValue = owner },
                Parameters.Array(Each(done, record => record.Claimed.Id), NpgsqlDbType.Bigint),
                Parameters.Array(Each(done, record => record.Claimed.Key), NpgsqlDbType.Text),
                Parameters.Array(Each(done, record => ((Ending.Done)record.Ending).Outcome.Result), NpgsqlDbType.Jsonb),
            },
        };
        if (isPlain)
        {
            return command;
        }

        AddMoved(command, [.. moved.Select(record => (record.Claimed, MovedRow.Of(record)))]);
        AddFollowUps(command, done);
        return command;
    }

    private static void AddMoved(NpgsqlBatchCommand command, List<(ClaimedRecord Claimed, MovedRow Row)> moved)
    {
        var parameters = command.Parameters;
        parameters.Add(Parameters.Array(Each(moved, one => one.Claimed.Id), NpgsqlDbType.Bigint));
        parameters.Add(Parameters.Array(Each(moved, one => one.Claimed.Key), NpgsqlDbType.Text));
        parameters.Add(Parameters.Array(Each(moved, one => one.Claimed.Payload), NpgsqlDbType.Jsonb));
        parameters.Add(Parameters.Array(Each(moved, one => one.Row.State), NpgsqlDbType.Text));
        parameters.Add(Parameters.Array(Each(moved, one => one.Row.Attempts), NpgsqlDbType.Integer));
        parameters.Add(Parameters.Array(Each(moved, one => one.Row.Wait), NpgsqlDbType.Interval));
        parameters.Add(Parameters.Array(Each(moved, one => one.Row.Error), NpgsqlDbType.Text));
        parameters.Add(Parameters.Array(Each(moved, one => one.Claimed.Trace), NpgsqlDbType.Text));
    }

    private static void AddFollowUps(NpgsqlBatchCommand command, List<HandledRecord> done)
    {
        var followUps = new List<(string Key, FollowUp Next, string? Trace)>();
        foreach (var record in done)
        {
            var outcome = ((Ending.Done)record.Ending).Outcome;
            foreach (var next in outcome.FollowUps)
            {
                followUps.Add((next.Key ?? record.Claimed.Key, next, outcome.Trace ?? record.Claimed.Trace));
            }
        }

        command.Parameters.Add(Parameters.Array(Each(followUps, one => one.Next.Queue), NpgsqlDbType.Text));
        command.Parameters.Add(Parameters.Array(Each(followUps, one => one.Key), NpgsqlDbType.Text));
        command.Parameters.Add(Parameters.Array(Each(followUps, one => one.Next.Payload), NpgsqlDbType.Jsonb));
        command.Parameters.Add(Parameters.Array(Each(followUps, one => one.Trace), NpgsqlDbType.Text));
    }

    private static TValue[] Each<T, TValue>(List<T> items, Func<T, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }

        return values;
    }

    /// <summary>How a record goes on outside of its chunk.</summary>
    private sealed record MovedRow(string State, int Attempts, TimeSpan Wait, string? Error)
    {
        public static MovedRow Of(HandledRecord record)
        {
            var attempts = record.Claimed.Attempt;
            return record.Ending switch
            {
                Ending.Dead dead => new(QueueSchema.States.Dead, attempts, TimeSpan.Zero, dead.Error),
                Ending.Retry retry => new(QueueSchema.States.Ready, attempts, retry.Wait, retry.Error),
                _ => new(QueueSchema.States.Ready, attempts - 1, TimeSpan.Zero, null),
            };
        }
    }
}
