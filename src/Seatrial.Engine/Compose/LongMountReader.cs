using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>A mount in its long form.</summary>
internal static class LongMountReader
{
    public static ComposeMount? Read(Field field, ReadingContext context)
    {
        if (!field["type"].Given || !field["target"].Given)
        {
            field.Error("has no type or no target.", "Write type: (bind, volume or tmpfs) and target: below it.");
            return null;
        }

        var type = field["type"].OneOf("bind", "volume", "tmpfs");
        if (type is null || field["target"].Word() is not { } target)
        {
            return null;
        }

        field["tmpfs"].WrongKindUnlessMap();
        field["volume"].WrongKindUnlessMap();
        field["bind"].WrongKindUnlessMap();
        var readOnly = field["read_only"].Boolean() ?? false;
        return type switch
        {
            "bind" => Bind(field, target, readOnly, context),
            "volume" => new ComposeMount(MountKind.Volume, field["source"].Word(), target, readOnly)
            {
                NoCopy = field["volume"]["nocopy"].Boolean() ?? false,
            },
            _ => new ComposeMount(MountKind.Tmpfs, null, target, readOnly)
            {
                TmpfsSize = field["tmpfs"]["size"].Bytes() is > 0 and var size ? size : null,
                TmpfsMode = FileModes.Read(field["tmpfs"]["mode"]),
            },
        };
    }

    private static ComposeMount? Bind(Field field, string target, bool readOnly, ReadingContext context)
    {
        if (!field["source"].Given)
        {
            field.Error("has no source.", "Write source: with the path on the host.");
            return null;
        }

        return field["source"].Word() is { } text
            && context.PathOf(field["source"], text) is { } source
            ? new ComposeMount(MountKind.Bind, source, target, readOnly)
            {
                CreateHostPath = field["bind"]["create_host_path"].Boolean() ?? true,
                Propagation = field["bind"]["propagation"].OneOf(MountText.Propagations),
            }
            : null;
    }
}
