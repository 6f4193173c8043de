using System.Text.Json.Serialization;

namespace Seatrial.Engine.Compose;

/// <summary>A secret or config as declared: a file, a variable's value, or text.</summary>
public sealed record ComposeContent
{
    /// <summary>Absolute path.</summary>
    public string? File { get; init; }

    /// <summary>The variable that holds it.</summary>
    public string? Environment { get; init; }

    /// <summary>The text itself, where the file says it.</summary>
    public string? Content { get; init; }

    public bool External { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What is in it, unless it is a file; it is not shown.</summary>
    [JsonIgnore]
    public string? Text { get; init; }
}

/// <summary>A secret or config in a container.</summary>
/// <param name="Source">Its key.</param>
/// <param name="Target">Absolute path in the container.</param>
public sealed record ComposeGrant(string Source, string Target)
{
    public int? Uid { get; init; }

    public int? Gid { get; init; }

    /// <summary>E.g. octal 0400; null is 0444.</summary>
    public int? Mode { get; init; }
}
