namespace Seatrial.Engine.Images;

/// <summary>Whether an image has to be built, and why.</summary>
internal static class ImageDecision
{
    /// <summary>What decides an image, given the ids of those below it by the names that its Dockerfile uses.</summary>
    public static ImageManifest ManifestOf(
        PlannedImage image, IReadOnlyList<ContextEntry> context, IReadOnlyDictionary<string, string> bases,
        FileHashes hashes) => new()
        {
            Dockerfile = hashes.Of(image.Build.Dockerfile),
            Target = image.Build.Target,
            Args = image.Build.Args,
            Labels = image.Build.Labels,
            Bases = bases,
            Files = context.ToDictionary(entry => entry.Path, entry => ImageManifest.Describe(entry, hashes)),
        };

    /// <summary>A pure comparison of the last build with what is wanted and what the engine has.</summary>
    public static IReadOnlyList<string> ReasonsFor(ImageManifest wanted, ImageManifest? last, bool exists)
    {
        if (exists)
        {
            return [];
        }

        return last is null ? ["it was never built here"]
            : last.Key == wanted.Key ? ["the engine no longer has it"]
            : ManifestChanges.Between(last, wanted);
    }
}
