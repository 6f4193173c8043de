using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Seatrial.Engine.Images;

/// <summary>
/// All that decides an image, so that two images with one key are the same but for when and where they were built.
/// </summary>
internal sealed record ImageManifest
{
    /// <summary>SHA-256 of the Dockerfile as it is written.</summary>
    public required string Dockerfile { get; init; }

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of each image that the Dockerfile stands on or copies from, by the name it uses.</summary>
    public IReadOnlyDictionary<string, string> Bases { get; init; } = new Dictionary<string, string>();

    /// <summary>Mode and SHA-256, or target, of each path of the context.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Twelve hexadecimal digits: a tag.</summary>
    public string Key
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Add(hash, "dockerfile", Dockerfile);
            Add(hash, "target", Target ?? "");
            AddAll(hash, "arg", Args);
            AddAll(hash, "label", Labels);
            AddAll(hash, "base", Bases);
            AddAll(hash, "file", Files);
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
        }
    }

    /// <summary>A context's entry as the manifest keeps it.</summary>
    public static string Describe(ContextEntry entry, FileHashes hashes) => entry.Kind switch
    {
        ContextEntryKind.File => $"{Octal(entry.Mode)} {hashes.Of(entry.FullPath)}",
        ContextEntryKind.Folder => $"{Octal(entry.Mode)} folder",
        ContextEntryKind.Link => $"link {entry.Target}",
    };

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static void AddAll(IncrementalHash hash, string kind, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            Add(hash, kind, name, value);
        }
    }

    /// <summary>Lengths go in too, so that no two lists of values run into the same bytes.</summary>
    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}\n")));
        }
    }
}
