using Seatrial.Wire;

namespace Seatrial.Engine.Specs;

/// <summary>The tables of Seatrial.Worker, which every system on it shares.</summary>
public static class BuiltInMapping
{
    /// <summary>
    /// Puts records into Worker's table: <c>@queue</c>, <c>@keys</c> and <c>@payloads</c> to ids, in the arrays' order.
    /// </summary>
    public const string InsertSql =
        $"insert into {QueueSchema.Records} "
        + $"({QueueSchema.RecordColumns.Queue}, {QueueSchema.RecordColumns.Key}, {QueueSchema.RecordColumns.Payload}) "
        + "select @queue, record.key, record.payload::jsonb "
        + "from unnest(@keys, @payloads) with ordinality as record (key, payload, place) "
        + $"order by record.place returning {QueueSchema.RecordColumns.Id}::text";

    /// <summary>Whether records are in Worker's own table.</summary>
    public static bool Is(RecordMapping mapping) => mapping.Queue.Table == QueueSchema.Records;

    /// <summary>Worker's mapping for the way that records take through a system.</summary>
    public static RecordMapping ForWorker(IReadOnlyList<string> stages) => new()
    {
        Stages = stages,
        Queue = new QueueTable
        {
            Table = QueueSchema.Records,
            Id = QueueSchema.RecordColumns.Id,
            QueueName = QueueSchema.RecordColumns.Queue,
            Key = QueueSchema.RecordColumns.Key,
            State = QueueSchema.RecordColumns.State,
            Owner = QueueSchema.RecordColumns.Owner,
            Epoch = QueueSchema.RecordColumns.Fence,
            LeaseUntil = QueueSchema.RecordColumns.LeaseUntil,
            Error = QueueSchema.RecordColumns.Error,
            Ready = [QueueSchema.States.Ready],
            Running = [QueueSchema.States.Running],
            Done = [],
            DeleteIsDone = true,
            Dead = [QueueSchema.States.Dead],
        },
        Effect = new EffectTable
        {
            Table = QueueSchema.Results,
            Record = QueueSchema.ResultColumns.Record,
            QueueName = QueueSchema.ResultColumns.Queue,
            Owner = QueueSchema.ResultColumns.Owner,
            Epoch = QueueSchema.ResultColumns.Fence,
        },
    };
}
