using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>secrets</c> and <c>configs</c> of a service: names, or mappings that say where and whose.</summary>
internal static class GrantReader
{
    /// <summary>In <paramref name="folder"/>, where the file does not say otherwise.</summary>
    public static IReadOnlyList<ComposeGrant> Read(Field field, string folder)
    {
        var grants = new List<ComposeGrant>();
        var targets = new HashSet<string>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            if (ReadItem(item, folder) is not { } grant)
            {
                continue;
            }

            grants.Add(grant);
            if (!targets.Add(grant.Target))
            {
                item.Error($"is at {grant.Target}, as another one is.", "Give each a target of its own.");
            }
        }

        return grants;
    }

    private static ComposeGrant? ReadItem(Field item, string folder)
    {
        if (!item.IsMap)
        {
            return item.Word() is { } name ? new ComposeGrant(name, folder + name) : null;
        }

        if (!item["source"].Given)
        {
            item.Error("names no source.", "Write source: with its name below it.");
            return null;
        }

        var source = item["source"].Word();
        var target = item["target"].Word() ?? source;
        return source is null || target is null
            ? null
            : new ComposeGrant(source, target.StartsWith('/') ? target : folder + target)
            {
                Uid = item["uid"].Whole(0),
                Gid = item["gid"].Whole(0),
                Mode = FileModes.Read(item["mode"]),
            };
    }
}
