using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>workload</c>: what is put in, and how.</summary>
internal static class WorkloadReader
{
    private static readonly string[] Parameters = ["@queue", "@keys", "@payloads"];

    /// <summary>Null when it can't be told what to put in, the problem told.</summary>
    public static WorkloadSpec? Read(Field field, RecordMapping? mapping, ReadingContext context)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a mapping", "Write file: and key: below it.");
            if (!field.Given)
            {
                field.Problems.Add(
                    field.At, Severity.Error, "workload is missing.",
                    "Write workload: {file: RECORDS.csv, key: COLUMN}.");
            }

            return null;
        }

        var kinds = RecordKindReader.Read(field, context);
        var queue = QueueNames.Read(field["queue"], mapping);
        var sql = InsertSql(field, mapping);
        var defaults = new WorkloadSpec { Kinds = [], Queue = "", InsertSql = "" };
        return kinds.Count == 0 || queue is null || sql is null ? null : new WorkloadSpec
        {
            Kinds = kinds,
            Queue = queue,
            InsertSql = sql,
            BatchSize = field["batch_size"].Whole(1, 100_000) ?? defaults.BatchSize,
            Rate = field["rate"].Whole(1),
            DrainWithin = PositiveDuration(field["drain_within"]) ?? defaults.DrainWithin,
        };
    }

    private static string? InsertSql(Field field, RecordMapping? mapping)
    {
        var insert = field["insert"];
        if (insert.Given)
        {
            var sql = insert.Word();
            var missing = Parameters.Where(name => sql?.Contains(name) is false).ToList();
            if (missing is ["@queue"] && mapping?.Queue.QueueName is null)
            {
                missing.Clear();
            }

            if (missing.Count > 0)
            {
                insert.Error(
                    $"does not use {string.Join(", ", missing)}.",
                    "Use @queue (text), @keys (text[]), @payloads (text[] of JSON); return ids in the arrays' order.");
            }

            return sql;
        }

        if (mapping is null || BuiltInMapping.Is(mapping))
        {
            return BuiltInMapping.InsertSql;
        }

        field.Error(
            "has no insert.",
            $"Write insert: with the SQL that puts records into {mapping.Queue.Table}; "
            + "docs/seatrial-yaml.md has an example.");
        return null;
    }

    private static TimeSpan? PositiveDuration(Field field)
    {
        if (field.Duration() is not { } duration)
        {
            return null;
        }

        if (duration > TimeSpan.Zero)
        {
            return duration;
        }

        field.Error("is no time at all.", "Write a duration above 0s.");
        return null;
    }
}
