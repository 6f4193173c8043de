namespace Seatrial.Engine.Yaml;

/// <summary>Why a text is not YAML, and what to do.</summary>
internal sealed record YamlReason(string Why, string Fix);

/// <summary>The parser's reasons in the words of one who writes YAML by hand.</summary>
internal static class YamlReasons
{
    /// <summary>For what the parser has no message.</summary>
    public static readonly YamlReason UnclosedCollection =
        new("A list opened by [ or a mapping opened by { is not closed.", "Close it by ] or }, or quote the bracket.");

    public static readonly YamlReason WrongTag =
        new("Behind !! stands no name of a tag.", "Remove the tag, or quote the value.");

    private static readonly (string Fragment, YamlReason Reason)[] Known =
    [
        ("tab ", new("A tab stands where YAML allows blanks only.", "Indent by blanks.")),
        ("find expected key", new(
            "The line's indentation fits no mapping above it.", "Align it with the keys it belongs to.")),
        ("find expected '-'", new(
            "The line's indentation fits no list above it.", "Align it with the list, or begin it with '- '.")),
        ("found invalid mapping",
            new("A colon stands where a value goes on, so that the value looks like another key.",
                "Quote the value, or put each key on its own line.")),
        ("quoted scalar, found unexpected end", new("A quote that opens here is never closed.", "Close the quote.")),
        ("unknown escape", new(
            "A backslash in double quotes begins no escape that YAML knows.", "Use single quotes, or write \\\\.")),
        ("cannot start any token", new("No value can begin with this character.", "Quote the value.")),
        ("could not find expected ':'", new(
            "A key is not followed by a colon.", "Put a colon and a blank behind the key.")),
        ("flow sequence", UnclosedCollection),
        ("flow mapping", UnclosedCollection),
        ("anchor or alias", new("Behind & or * stands no name.", "Name the anchor, or quote the value.")),
        ("<document end>", new(
            "Something stands behind the end of the value.", "Indent it as part of what is above, or remove it.")),
        ("find expected node content", new(
            "A value is missing.", "Write the value, or quote it if it begins with a special sign.")),
    ];

    /// <summary>In plain words where they are known, else in the parser's own.</summary>
    public static YamlReason Explain(string message) =>
        Known.FirstOrDefault(known => message.Contains(known.Fragment, StringComparison.Ordinal)).Reason
        ?? new YamlReason(message, "Mend the line, or quote its value.");
}
