using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>workload.file</c> with its key, or <c>workload.mix</c>, a list of such.</summary>
internal static class RecordKindReader
{
    private const int MostWeight = 1_000_000;

    /// <summary>The keys of a kind that stand in the workload itself where there is one only.</summary>
    private static readonly string[] _own = ["file", "key", "key_prefix"];

    /// <summary>Every key of a kind in a mix.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. _own, "weight"];

    /// <summary>Empty when it can't be told, the problem told.</summary>
    public static IReadOnlyList<RecordKind> Read(Field workload, ReadingContext context)
    {
        var mix = workload["mix"];
        if (!mix.Given)
        {
            return Kind(workload, context) is { } only ? [only] : [];
        }

        foreach (var key in _own.Where(key => workload[key].Given))
        {
            workload[key].Error("stands beside mix.", "Write it in each kind of the mix, or leave mix out.");
        }

        var kinds = new List<RecordKind>();
        foreach (var item in mix.Items())
        {
            item.WrongKindUnlessMap();
            if (Kind(item, context) is not { } kind)
            {
                continue;
            }

            if (kinds.Any(other => other.KeyPrefix == kind.KeyPrefix))
            {
                item["key_prefix"].Error(
                    $"is \"{YamlWords.Shorten(kind.KeyPrefix)}\", as that of another kind.",
                    "Give each kind a prefix of its own, so that no two records have one key.");
            }

            kinds.Add(kind);
        }

        if (mix.IsList && !mix.Items().Any())
        {
            mix.Error("has no kind of record.", "Write mix: [{file: RECORDS.csv, key: COLUMN, weight: 1}].");
        }

        return kinds;
    }

    private static RecordKind? Kind(Field field, ReadingContext context)
    {
        var file = Required.Value(field, "file", "a CSV file with a header", value => context.PathOf(value));
        var key = Required.Value(
            field, "key", "the column that names a record (\"\" for one without a name)", value => value.Text());
        CheckColumn(field, file, key);
        return file is null || key is null ? null : new RecordKind(
            file, key, field["key_prefix"].Text() ?? "", field["weight"].Whole(1, MostWeight) ?? 1);
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
}
