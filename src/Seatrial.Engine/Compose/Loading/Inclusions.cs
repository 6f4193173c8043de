using Seatrial.Engine.Compose.Merging;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Loading;

/// <summary><c>include</c>: whole systems, each with its own folder and variables, below a document.</summary>
internal sealed class Inclusions(ModelLoader loader, TreeMerger merger, ProblemList problems)
{
    private const string Key = "include";
    private const int Most = 100;

    private static readonly string[] _resources = ["services", "networks", "volumes", "secrets", "configs", "models"];

    private int _count;

    /// <summary>The document over all that it includes; null when something of that can't be had.</summary>
    public YamlNode.Map? Apply(YamlNode.Map document, FileScope scope, IReadOnlyList<string> chain)
    {
        var field = Field.Root(document, problems)[Key];
        if (!field.Given)
        {
            return document;
        }

        YamlNode.Map? below = null;
        var isWhole = field.IsList;
        foreach (var item in field.Items())
        {
            if (Include(item, scope, chain) is { } included)
            {
                below = below is null ? included : merger.Merge(below, included, "") as YamlNode.Map ?? below;
            }
            else
            {
                isWhole = false;
            }
        }

        var own = new YamlNode.Map(document.Position, [.. document.Entries.Where(entry => entry.Key is not Key)]);
        var whole = below is null ? own : merger.Merge(below, own, "") as YamlNode.Map;
        return isWhole ? whole : null;
    }

    private YamlNode.Map? Include(Field item, FileScope scope, IReadOnlyList<string> chain)
    {
        KeyCheck.Check(item, ComposeKeys.Include, "Compose");
        var path = item.IsMap ? item["path"] : item;
        if (!path.Given)
        {
            item.Error("names no file.", "Write path: with the file below it.");
            return null;
        }

        var files = path.TextOrTexts().Select(text => Existing(path, scope.Directory, text)).ToList();
        if (files.Count is 0 || files.Contains(null))
        {
            return null;
        }

        IReadOnlyList<string> paths = [.. files.OfType<string>()];
        if (paths.FirstOrDefault(chain.Contains) is { } again)
        {
            var ring = chain.SkipWhile(file => file != again).Append(again);
            path.Error($"goes round in a ring: {string.Join(" → ", ring)}.", "Remove one include of the ring.");
            return null;
        }

        if (++_count > Most)
        {
            path.Error($"is one of more than {Most} includes.", "Include each file once.");
            return null;
        }

        if (ScopeOf(item, paths[0], scope) is not { } inner || loader.Load(paths, inner, chain) is not { } model)
        {
            return null;
        }

        return new YamlNode.Map(
            model.Position, [.. model.Entries.Where(entry => _resources.Contains(entry.Key))]);
    }

    private FileScope? ScopeOf(Field item, string file, FileScope scope)
    {
        var given = item["project_directory"];
        var directory = given.Given
            ? given.Word() is { } text ? ReadingContext.Absolute(given, scope.Directory, text) : null
            : Path.GetDirectoryName(file);
        if (directory is null)
        {
            return null;
        }

        var variables = item["env_file"];
        if (!variables.Given)
        {
            return new FileScope(
                directory, scope.Variables.With([Path.Combine(directory, ".env")], mustExist: false, problems));
        }

        var files = variables.TextOrTexts().Select(name => Existing(variables, scope.Directory, name)).ToList();
        return files.Contains(null)
            ? null
            : new FileScope(directory, scope.Variables.With(files.OfType<string>(), mustExist: true, problems));
    }

    private static string? Existing(Field field, string directory, string text)
    {
        if (ReadingContext.Absolute(field, directory, text) is not { } path)
        {
            return null;
        }

        if (File.Exists(path))
        {
            return path;
        }

        field.Error(
            text.Contains("://", StringComparison.Ordinal)
                ? $"names {YamlWords.Shorten(text)}, and only files are included."
                : $"names the file {path}, which is not there.",
            "Mend the path, or write the file.");
        return null;
    }
}
