using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Variables and labels of a container: those in files, and above them those in the Compose file.</summary>
internal static class EnvironmentReader
{
    public static IReadOnlyDictionary<string, string> Read(Field files, Field own, ReadingContext context)
    {
        var values = new OrderedDictionary<string, string>();
        foreach (var item in ItemsOf(files))
        {
            if (item.IsMap && !item["path"].Given)
            {
                item.Error("names no file.", "Write path: with the file below it.");
                continue;
            }

            var format = item["format"].Word();
            var isRequired = item["required"].Boolean() ?? true;
            var path = item.IsMap ? item["path"] : item;
            if (format is not (null or "raw"))
            {
                item["format"].Error($"is {YamlWords.Shorten(format)}.", "Write raw, or remove the key.");
            }

            foreach (var (name, value) in FromFile(path, isRequired, format is "raw", context))
            {
                values[name] = value;
            }
        }

        var outer = context.VariablesOf(own);
        foreach (var (name, value) in PairsReader.ReadNullable(own))
        {
            if ((value ?? outer.ValueOf(name)) is { } text)
            {
                values[name] = text;
            }
            else
            {
                // A name alone that has no value outside takes the files' value away.
                values.Remove(name);
            }
        }

        return values;
    }

    public static IReadOnlyDictionary<string, string> Labels(Field files, Field own, ReadingContext context)
    {
        var values = new OrderedDictionary<string, string>();
        var all = ItemsOf(files).SelectMany(item => FromFile(item, isRequired: true, isRaw: false, context))
            .Concat(PairsReader.Read(own));
        foreach (var (name, value) in all)
        {
            values[name] = value;
        }

        return values;
    }

    private static IEnumerable<Field> ItemsOf(Field field) =>
        !field.Given ? [] : field.IsScalar || field.IsMap ? [field] : field.Items();

    private static IReadOnlyDictionary<string, string> FromFile(
        Field field, bool isRequired, bool isRaw, ReadingContext context)
    {
        var nothing = new Dictionary<string, string>();
        if (context.PathOf(field) is not { } path)
        {
            return nothing;
        }

        if (!File.Exists(path))
        {
            if (isRequired)
            {
                field.Error(
                    $"names the file {path}, which is not there.",
                    "Write the file, mend the path, or say {path: …, required: false}.");
            }

            return nothing;
        }

        if (YamlFile.TextOf(path, field.Problems) is not { } text)
        {
            return nothing;
        }

        return isRaw
            ? RawEnvFile.Parse(text, context.VariablesOf(field).ValueOf)
            : DotEnv.Parse(path, text, context.VariablesOf(field).ValueOf, field.Problems, inherits: true);
    }
}
