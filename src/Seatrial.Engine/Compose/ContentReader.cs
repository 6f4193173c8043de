using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Secrets and configs as the file declares them.</summary>
internal static class ContentReader
{
    private static readonly string[] _sources = ["file", "environment", "content", "external"];

    public static ComposeContent? Secret(string key, Field field, ReadingContext context) =>
        Read(key, field, "secret", context);

    public static ComposeContent? Config(string key, Field field, ReadingContext context) =>
        Read(key, field, "config", context);

    private static ComposeContent? Read(string key, Field field, string kind, ReadingContext context)
    {
        if (!field.IsMap)
        {
            field.WrongKind("a mapping", "Write file:, environment: or content: below it.");
            return null;
        }

        var given = _sources.Where(source => field[source].Given && !IsFalse(field[source])).ToList();
        if (given.Count is not 1)
        {
            var what = given.Count is 0 ? "does not say where it comes from" : $"has {string.Join(" and ", given)}";
            field.Error($"{what}.", $"Write one of {string.Join(", ", _sources)} below the {kind}'s name.");
        }

        var variable = field["environment"].Word();
        var content = field["content"].Text();
        return new ComposeContent
        {
            File = context.PathOf(field["file"]),
            Environment = variable,
            Content = content,
            External = field["external"].Boolean() ?? false,
            Name = field["name"].Word() ?? (field["external"].Given && !IsFalse(field["external"]) ? key : null),
            Labels = PairsReader.Read(field["labels"]),
            Text = content ?? (variable is null ? null : context.VariablesOf(field).ValueOf(variable)),
        };
    }

    private static bool IsFalse(Field field) => field.Node is YamlNode.Scalar { Text: "false" };
}
