using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;
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

        var file = Required.Value(field, "file", "a CSV file with a header", value => context.PathOf(value));
        var key = Required.Value(
            field, "key", "the column that names a record (\"\" for one without a name)", value => value.Text());
        CheckColumn(field, file, key);
        var queue = QueueNames.Read(field["queue"], mapping);
        var sql = InsertSql(field, mapping);
        var defaults = new WorkloadSpec { File = "", KeyColumn = "", Queue = "", InsertSql = "" };
        return file is null || key is null || queue is null || sql is null ? null : new WorkloadSpec
        {
            File = file,
            KeyColumn = key,
            KeyPrefix = field["key_prefix"].Text() ?? defaults.KeyPrefix,
            Queue = queue,
            InsertSql = sql,
            BatchSize = field["batch_size"].Whole(1, 100_000) ?? defaults.BatchSize,
            Rate = field["rate"].Whole(1),
            DrainWithin = PositiveDuration(field["drain_within"]) ?? defaults.DrainWithin,
        };
    }

    private static void CheckColumn(Field field, string? file, string? key)
    {
        if (file is null || key is null)
        {
            return;
        }

        if (CsvColumns.Read(file, out var reason) is not { } columns)
        {
            field["file"].Error(
                $"names {file}, which is no CSV file with records.", "Mend the path or the file.", reason);
        }
        else if (!columns.Contains(key))
        {
            field["key"].Error(
                $"names the column \"{YamlWords.Shorten(key)}\", which {Path.GetFileName(file)} does not have.",
                Suggestions.DidYouMean(key, columns)
                + $"Write one of: {string.Join(", ", columns.Select(name => $"\"{name}\""))}.");
        }
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

        if (mapping is null || mapping.Queue.Table == BuiltInMapping.ForWorker([]).Queue.Table)
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
