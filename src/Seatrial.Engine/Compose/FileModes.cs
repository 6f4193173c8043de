using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>A file's mode, always octal: <c>0440</c>, <c>0o440</c>, <c>"440"</c>.</summary>
internal static class FileModes
{
    // Bare, 440 is a decimal number in YAML, and what its author meant is not known.
    public static int? Read(Field field)
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
