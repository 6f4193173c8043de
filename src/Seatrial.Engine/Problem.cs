using System.Text;
using System.Text.Json.Serialization;

namespace Seatrial.Engine;

/// <summary>How much a problem weighs.</summary>
public enum Severity
{
    /// <summary>The command goes on.</summary>
    Warning,

    /// <summary>The command can't go on.</summary>
    Error,
}

/// <summary>
/// One thing that is wrong, in the order in which a reader needs it: what, where, why, and how to mend it.
/// </summary>
public sealed record Problem
{
    /// <summary>Whether the command can go on.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>What is wrong, with the values: one sentence.</summary>
    public required string What { get; init; }

    /// <summary>File and line, path, container or address.</summary>
    public required string Where { get; init; }

    /// <summary>The same as a place in a file, where it is one; a file as a whole is its line 0.</summary>
    [JsonIgnore]
    public SourcePosition? At { get; init; }

    /// <summary>The cause, where <see cref="What"/> does not say it.</summary>
    public string? Why { get; init; }

    /// <summary>What to do, as an order.</summary>
    public required string Fix { get; init; }

    /// <summary>The folder with all that is known beside; null where there is none.</summary>
    public string? More { get; init; }

    /// <summary>Last lines of output of what failed, oldest first.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"{(Severity is Severity.Error ? "error" : "warning")}: {What}\n   at: {Where}\n");
        if (Why is not null)
        {
            text.Append($"  why: {Why}\n");
        }

        text.Append($"  fix: {Fix}");
        if (More is not null)
        {
            text.Append($"\n more: {More}");
        }

        foreach (var line in Output)
        {
            text.Append($"\n     | {line}");
        }

        return text.ToString();
    }
}
