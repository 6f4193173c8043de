using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>Takes away the versions of an image that nobody goes back to.</summary>
internal static class ImagePruner
{
    /// <summary>The current version and two to go back to.</summary>
    private const int KeptVersions = 3;

    /// <summary>Removes the older versions of one image; one that a container needs stays.</summary>
    public static async Task<IReadOnlyList<ImageStep>> PruneAsync(
        IImages images, string name, string currentKey, CancellationToken cancellationToken)
    {
        var steps = new List<ImageStep>();
        foreach (var reference in Old(
            await images.ListAsync(ImageLabels.Name, name, cancellationToken), name, currentKey))
        {
            if (await images.RemoveAsync(reference, cancellationToken))
            {
                steps.Add(new ImageStep
                {
                    Action = ImageAction.Remove,
                    Subject = reference,
                    Reasons = [$"{KeptVersions} newer versions are there"],
                });
            }
        }

        return steps;
    }

    /// <summary>References by key that may go, whatever an image's other names are.</summary>
    internal static IReadOnlyList<string> Old(IEnumerable<ImageSummary> images, string name, string currentKey) =>
    [
        .. images
            .Where(image => image.Labels.GetValueOrDefault(ImageLabels.Key) is { } key && key != currentKey
                && image.Tags.Contains($"{name}:{key}"))
            // The engine's own time is that of the last layer, which a cached build shares with its forebear.
            .OrderByDescending(image => image.Labels.GetValueOrDefault(ImageLabels.Created), StringComparer.Ordinal)
            .Skip(KeptVersions - 1)
            .Select(image => $"{name}:{image.Labels[ImageLabels.Key]}"),
    ];
}
