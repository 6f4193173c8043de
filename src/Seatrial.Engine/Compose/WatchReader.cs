using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>develop.watch</c>.</summary>
internal static class WatchReader
{
    public static IReadOnlyList<ComposeWatch> Read(Field develop, ReadingContext context)
    {
        if (!develop.IsNull)
        {
            develop.WrongKindUnlessMap();
        }

        return develop["watch"] is { Given: true, IsNull: false } watch
            ? [.. watch.Items().Select(item => ReadItem(item, context)).OfType<ComposeWatch>()]
            : [];
    }

    private static ComposeWatch? ReadItem(Field item, ReadingContext context)
    {
        if (!item["path"].Given || !item["action"].Given)
        {
            item.Error("has no path or no action.", "Write path: and action: below it.");
            return null;
        }

        var action = item["action"].OneOf("rebuild", "restart", "sync", "sync+restart", "sync+exec");
        if (action is not (null or "rebuild" or "restart") && !item["target"].Given)
        {
            item.Error($"has no target to {action} to.", "Write target: with a path in the container below it.");
        }

        return context.PathOf(item["path"]) is not { } path || action is null ? null : new ComposeWatch
        {
            Path = path,
            Action = action,
            Target = item["target"].Word(),
            Ignore = item["ignore"].TextOrTexts(),
            Include = item["include"].TextOrTexts(),
            InitialSync = item["initial_sync"].Boolean() ?? false,
            Exec = Exec(item["exec"]),
        };
    }

    private static ComposeExec? Exec(Field field)
    {
        field.WrongKindUnlessMap();
        return CommandReader.Read(field["command"]) is not { } command ? null : new ComposeExec
        {
            Command = command,
            User = field["user"].Word(),
            Privileged = field["privileged"].Boolean() ?? false,
            WorkingDir = field["working_dir"].Word(),
            Environment = PairsReader.Read(field["environment"]),
        };
    }
}
