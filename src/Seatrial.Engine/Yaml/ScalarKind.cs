using System.Text.RegularExpressions;

namespace Seatrial.Engine.Yaml;

/// <summary>What a scalar is by its form.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
}

/// <summary>YAML 1.2's core schema, and the older 0755 that Compose still reads as a number.</summary>
internal static partial class ScalarKinds
{
    /// <summary>The kind of a text that stands without quotes.</summary>
    public static ScalarKind Of(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when Number().IsMatch(plain) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };

    [GeneratedRegex(
        @"^(?:[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Number();
}
