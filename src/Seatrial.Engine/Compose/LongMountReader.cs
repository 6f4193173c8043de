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
        var readOnly = field["read_only"].Boolean() ?? false;
        return type switch
        {
            "bind" => Bind(field, target, readOnly, context),
            "volume" => new ComposeMount(MountKind.Volume, field["source"].Word(), target, readOnly),
            _ => new ComposeMount(MountKind.Tmpfs, null, target, readOnly)
            {
                TmpfsSize = field["tmpfs"]["size"].Bytes() is > 0 and var size ? size : null,
                TmpfsMode = Mode(field["tmpfs"]["mode"]),
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
            && MountReader.BindSource(field["source"], text, context) is { } source
            ? new ComposeMount(MountKind.Bind, source, target, readOnly)
            : null;
    }

    // Bare, 1777 is a decimal number in YAML, and what its author meant is not known; 01777, 0o1777 and "1777" are
    // octal.
    private static int? Mode(Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        var isDecimal = field.Node is YamlNode.Scalar { Kind: ScalarKind.Number } && !text.StartsWith('0');
        var mode = isDecimal
            ? null
            : TmpfsOptions.Octal(text.StartsWith("0o", StringComparison.Ordinal) ? text[2..] : text);
        if (mode is null)
        {
            field.WrongKind("a file mode in octal", "Write it with 0o before it, e.g. 0o1777.");
        }

        return mode;
    }
}
