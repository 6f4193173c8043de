using System.Globalization;

namespace Seatrial.Engine.Images;

/// <summary>What an image says of itself; nothing here that varies is part of its key.</summary>
internal static class ImageLabels
{
    /// <summary>The image's name without tag.</summary>
    public const string Name = "seatrial.image";

    public const string Key = "seatrial.image.key";

    public const string Revision = "org.opencontainers.image.revision";

    public const string Created = "org.opencontainers.image.created";

    /// <summary>The labels of a build, those of the Compose file included.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        PlannedImage image, ImageManifest manifest, string? revision, DateTimeOffset now)
    {
        var labels = new Dictionary<string, string>(manifest.Labels)
        {
            [Name] = image.Reference.Name,
            [Key] = manifest.Key,
            [Created] = now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["org.opencontainers.image.title"] = image.Reference.Name,
        };
        if (revision is not null)
        {
            labels[Revision] = revision;
        }

        if (image.Dockerfile.Foundation is { } foundation)
        {
            labels["org.opencontainers.image.base.name"] = foundation;
            labels["org.opencontainers.image.base.digest"] = manifest.Bases[foundation];
        }

        return labels;
    }
}
