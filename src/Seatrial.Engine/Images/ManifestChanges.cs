namespace Seatrial.Engine.Images;

/// <summary>From two manifests to the reasons that a person reads.</summary>
internal static class ManifestChanges
{
    /// <summary>More names than this say no more.</summary>
    private const int Named = 5;

    /// <summary>What differs, the widest cause first; empty when nothing does.</summary>
    public static IReadOnlyList<string> Between(ImageManifest old, ImageManifest @new) =>
    [
        .. Differences(old.Bases, @new.Bases).Select(image => $"{image} below it changed"),
        .. old.Dockerfile == @new.Dockerfile ? (IEnumerable<string>)[] : ["its Dockerfile changed"],
        .. old.Target == @new.Target
            ? (IEnumerable<string>)[]
            : [$"its target changed from {old.Target ?? "the last stage"}"],
        .. Differences(old.Args, @new.Args).Select(name => $"build argument {name} changed"),
        .. Differences(old.Labels, @new.Labels).Select(name => $"label {name} changed"),
        .. Files(old.Files, @new.Files),
    ];

    /// <summary>Paths that came, went or changed: the first few by name, the rest by number.</summary>
    public static IEnumerable<string> Files(
        IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> @new)
    {
        var paths = Differences(old, @new);
        foreach (var path in paths.Take(Named))
        {
            yield return !old.ContainsKey(path) ? $"{path} is new"
                : !@new.ContainsKey(path) ? $"{path} is gone"
                : $"{path} changed";
        }

        if (paths.Count > Named)
        {
            yield return $"and {paths.Count - Named} more files";
        }
    }

    private static List<string> Differences(
        IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> @new) =>
    [
        .. old.Keys.Union(@new.Keys)
            .Where(key => old.GetValueOrDefault(key) != @new.GetValueOrDefault(key))
            .Order(StringComparer.Ordinal),
    ];
}
