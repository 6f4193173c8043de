using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>
/// <c>records</c>: the way of a record, and, of a black box, the tables, columns and states that tell it.
/// </summary>
internal static class MappingReader
{
    // As the one value of done it says that completion deletes the row; as an item of a list it is a state's name.
    private const string Deleted = "deleted";

    /// <summary>Null when it can't be told what a record is, the problem told.</summary>
    public static RecordMapping? Read(Field field)
    {
        if (Stages(field) is not { } stages)
        {
            return null;
        }

        var (queue, effect) = (field["queue"], field["effect"]);
        if (!queue.Given && !effect.Given)
        {
            return BuiltInMapping.ForWorker(stages);
        }

        if (!IsMap(queue, field, "queue") | !IsMap(effect, field, "effect"))
        {
            return null;
        }

        var queueTable = Queue(queue);
        var effectTable = Effect(effect);
        if (queueTable is null || effectTable is null)
        {
            return null;
        }

        if (queueTable.QueueName is null && stages.Count > 1)
        {
            field["stages"].Error(
                $"names {stages.Count} queues, and no column tells them apart.",
                "Write queue_name: with that column below queue, or name one queue.");
        }

        return new RecordMapping { Stages = stages, Queue = queueTable, Effect = effectTable };
    }

    private static IReadOnlyList<string>? Stages(Field field)
    {
        if (!field["stages"].Given)
        {
            field.Problems.Add(
                field.At, Severity.Error, "records.stages is missing.",
                "Write records: {stages: [QUEUE, …]} with the queues in the order in which a record passes them.");
            return null;
        }

        var stages = field["stages"].TextOrTexts();
        if (stages.Count is 0 || stages.Any(string.IsNullOrWhiteSpace) || stages.Distinct().Count() < stages.Count)
        {
            field["stages"].Error("has no queue, a blank one, or one twice.", "Name each queue once.");
            return null;
        }

        return stages;
    }

    private static bool IsMap(Field field, Field records, string name)
    {
        if (!field.Given)
        {
            records.Error(
                $"has no {name}.", $"Write {name}: too; queue and effect go together. docs/seatrial-yaml.md has both.");
        }

        field.WrongKindUnlessMap();
        return field.IsMap;
    }

    private static QueueTable? Queue(Field field)
    {
        var table = Required.Word(field, "table", "the table whose rows are the records");
        var id = Required.Word(field, "id", "the column that identifies a record");
        var state = Required.Word(field, "state", "the column that holds a record's state");
        if (!field["states"].Given)
        {
            field.Error(
                "has no states.", "Write states: {ready: …, running: …, done: …} with the state column's values.");
            return null;
        }

        var states = field["states"];
        var deletes = states["done"].Node is YamlNode.Scalar { Text: Deleted };
        var queue = table is null || id is null || state is null ? null : new QueueTable
        {
            Table = WithSchema(table),
            Id = id,
            QueueName = field["queue_name"].Word(),
            Key = field["key"].Word(),
            State = state,
            Owner = field["owner"].Word(),
            Epoch = field["epoch"].Word(),
            LeaseUntil = field["lease_until"].Word(),
            Error = field["error"].Word(),
            Ready = Values(states, "ready"),
            Running = Values(states, "running"),
            Done = deletes ? [] : Values(states, "done"),
            Dead = states["dead"].Given ? Values(states, "dead") : [],
            DeleteIsDone = deletes,
        };
        CheckDistinct(states, queue);
        return queue;
    }

    private static EffectTable? Effect(Field field)
    {
        var table = Required.Word(field, "table", "the table whose inserts are the effects");
        var record = Required.Word(field, "record", "the column with the record's id");
        return table is null || record is null ? null : new EffectTable
        {
            Table = WithSchema(table),
            Record = record,
            QueueName = field["queue_name"].Word(),
            Owner = field["owner"].Word(),
            Epoch = field["epoch"].Word(),
        };
    }

    private static string[] Values(Field states, string key)
    {
        var field = states[key];
        var items = field.IsList ? field.Items() : field.Given && !field.IsNull ? [field] : [];
        string[] values = [.. items.Select(item => item.Scalar()).OfType<string>()];
        if (values.Length is 0)
        {
            states.Error($"has no {key}.", $"Write {key}: with the values of the state column that mean it.");
        }

        return values;
    }

    private static void CheckDistinct(Field states, QueueTable? queue)
    {
        var all = queue is null ? [] : queue.Ready.Concat(queue.Running).Concat(queue.Done).Concat(queue.Dead);
        foreach (var twice in all.GroupBy(value => value).Where(group => group.Count() > 1))
        {
            states.Error($"has the value {YamlWords.Shorten(twice.Key)} twice.", "Let each value mean one thing.");
        }
    }

    private static string WithSchema(string table) => table.Contains('.') ? table : "public." + table;
}
