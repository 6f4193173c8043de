namespace Seatrial.Engine.Images;

/// <summary>
/// The compiler's command line behind a publish, with all that it read and wrote: while nothing but the project's own
/// sources changes, running it again gives what publishing again would give, and takes a twentieth of the time.
/// </summary>
internal sealed record CompileRecipe
{
    /// <summary>The compiler's program, <c>csc.dll</c>.</summary>
    public required string Compiler { get; init; }

    /// <summary>Where it runs: the project's folder.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The project's own sources, by the names that its record has for them.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>SHA-256 of all else that the compiler reads, by path.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>What the compiler writes, by path, and where that was published.</summary>
    public required IReadOnlyDictionary<string, string> Products { get; init; }

    /// <summary>The commit, where it goes into the assembly.</summary>
    public string? Revision { get; init; }

    /// <summary>
    /// Whether what changed since the publish is the project's own sources only: none came or went, and all else that
    /// the compiler reads is as it was.
    /// </summary>
    public bool Explains(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> now,
        string? revision,
        FileHashes hashes) =>
        before.Count == now.Count
        && before.Keys.All(now.ContainsKey)
        && now.All(source => before[source.Key] == source.Value || Sources.Contains(source.Key))
        && (Revision is null || Revision == revision)
        && File.Exists(Compiler)
        && Inputs.All(input => File.Exists(input.Key) && hashes.Of(input.Key) == input.Value);
}
