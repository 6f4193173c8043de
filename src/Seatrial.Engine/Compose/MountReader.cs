using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>volumes</c> in short and long form, and <c>tmpfs</c>: all that is mounted into a container.</summary>
internal static class MountReader
{
    public static IReadOnlyList<ComposeMount> Read(Field volumes, Field tmpfs, ReadingContext context)
    {
        var mounts = new List<ComposeMount>();
        var targets = new Dictionary<string, Field>();
        foreach (var field in volumes.Given ? volumes.Items() : [])
        {
            Add(field, field.IsMap ? LongMountReader.Read(field, context) : ReadShort(field, context));
        }

        foreach (var field in tmpfs.IsScalar ? [tmpfs] : tmpfs.Given ? tmpfs.Items() : [])
        {
            Add(field, ReadTmpfs(field));
        }

        return mounts;

        void Add(Field field, ComposeMount? mount)
        {
            if (mount is null)
            {
                return;
            }

            if (!mount.Target.StartsWith('/'))
            {
                field.Error(
                    $"mounts at \"{YamlWords.Shorten(mount.Target)}\", which is no absolute path.",
                    "Write the path in the container from / on.");
            }
            else if (targets.TryAdd(mount.Target.TrimEnd('/'), field))
            {
                mounts.Add(mount);
            }
            else
            {
                field.Error(
                    $"mounts at {mount.Target}, as {targets[mount.Target.TrimEnd('/')].Path} does.",
                    "Keep one of the two.");
            }
        }
    }

    private static ComposeMount? ReadShort(Field field, ReadingContext context)
    {
        if (field.Word() is not { } text)
        {
            return null;
        }

        if (MountText.Parse(text) is not { } parts)
        {
            field.Error(
                $"({YamlWords.Shorten(text)}) has too many colons.", "Write source:target:ro, or the long form.");
            return null;
        }

        foreach (var option in parts.Options.Where(option => !IsHonoured(option)))
        {
            field.Warning(
                $"has the option \"{YamlWords.Shorten(option)}\", which is not honoured.",
                "Write ro, rw, nocopy or nothing.");
        }

        var readOnly = parts.Options.Contains("ro");
        if (parts.Source is null || !MountText.IsPath(parts.Source))
        {
            return new ComposeMount(MountKind.Volume, parts.Source, parts.Target, readOnly)
            {
                NoCopy = parts.Options.Contains("nocopy"),
            };
        }

        return context.PathOf(field, parts.Source) is { } source
            ? new ComposeMount(MountKind.Bind, source, parts.Target, readOnly)
            {
                Propagation = parts.Options.FirstOrDefault(MountText.Propagations.Contains),
            }
            : null;
    }

    private static bool IsHonoured(string option) =>
        option is "ro" or "rw" or "nocopy" || MountText.Propagations.Contains(option);

    private static ComposeMount? ReadTmpfs(Field field)
    {
        if (field.Word() is not { } text)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var mount = new ComposeMount(MountKind.Tmpfs, null, colon < 0 ? text : text[..colon]);
        foreach (var option in colon < 0 ? [] : text[(colon + 1)..].Split(','))
        {
            mount = TmpfsOptions.Apply(mount, option) ?? Ignore(mount, option);
        }

        return mount;

        ComposeMount Ignore(ComposeMount unchanged, string option)
        {
            field.Warning(
                $"has the option \"{YamlWords.Shorten(option)}\", which is not honoured.",
                "Write size=, mode=, ro, rw or nothing.");
            return unchanged;
        }
    }
}
