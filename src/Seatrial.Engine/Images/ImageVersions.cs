using System.Globalization;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>A version of an image that Seatrial built.</summary>
public sealed record ImageVersion
{
    /// <summary>The image's name without tag.</summary>
    public required string Name { get; init; }

    /// <summary>Its content's key, which is its tag.</summary>
    public required string Key { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The source's revision; null outside a repository.</summary>
    public required string? Revision { get; init; }

    /// <summary>Bytes, the layers that it shares with others included.</summary>
    public required long Size { get; init; }

    /// <summary>Whether the name alone means this one.</summary>
    public required bool IsCurrent { get; init; }

    public string Reference => $"{Name}:{Key}";
}

/// <summary>The versions of images that Seatrial built and the engine still has.</summary>
public sealed class ImageVersions(IContainerDriver driver)
{
    /// <summary>Newest first, by name; of one name, or of all where null.</summary>
    public async Task<IReadOnlyList<ImageVersion>> ListAsync(string? name, CancellationToken cancellationToken) =>
    [
        .. (await driver.Images.ListAsync(ImageLabels.Name, name, cancellationToken))
            .Select(VersionOf)
            .OfType<ImageVersion>()
            .OrderBy(version => version.Name, StringComparer.Ordinal)
            .ThenByDescending(version => version.CreatedAt),
    ];

    /// <summary>
    /// Has the name mean another version from now on: the one with this key, or the one before the current one.
    /// </summary>
    /// <exception cref="SeatrialException">There is no such version.</exception>
    public async Task<ImageVersion> RollBackAsync(string name, string? key, CancellationToken cancellationToken)
    {
        var versions = await ListAsync(name, cancellationToken);
        var current = versions.FirstOrDefault(version => version.IsCurrent);
        var wanted = key is null
            ? versions.FirstOrDefault(version => current is null || version.CreatedAt < current.CreatedAt)
            : versions.FirstOrDefault(version => version.Key.StartsWith(key, StringComparison.Ordinal));
        if (wanted is null)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                key is null ? $"{name} has no version before its current one." : $"{name} has no version {key}.",
                "engine",
                versions.Count is 0
                    ? "Build it first: seatrial build"
                    : $"There are: {string.Join(", ", versions.Select(version => version.Key))}.");
        }

        await driver.Images.TagAsync(wanted.Id, $"{name}:latest", cancellationToken);
        return wanted with { IsCurrent = true };
    }

    /// <summary>
    /// Removes all but the newest versions of each name, and returns what went; the current one, and those that a
    /// container needs, stay.
    /// </summary>
    public async Task<IReadOnlyList<ImageVersion>> PruneAsync(
        int keep, bool dryRun, CancellationToken cancellationToken)
    {
        var old = (await ListAsync(name: null, cancellationToken))
            .GroupBy(version => version.Name)
            .SelectMany(versions => versions.Skip(keep))
            .Where(version => !version.IsCurrent)
            .ToList();
        if (dryRun)
        {
            return old;
        }

        var gone = new List<ImageVersion>();
        foreach (var version in old)
        {
            if (await driver.Images.RemoveAsync(version.Reference, cancellationToken))
            {
                gone.Add(version);
            }
        }

        return gone;
    }

    private static ImageVersion? VersionOf(ImageSummary image) =>
        image.Labels.GetValueOrDefault(ImageLabels.Name) is { } name
        && image.Labels.GetValueOrDefault(ImageLabels.Key) is { } key
        && image.Tags.Contains($"{name}:{key}")
            ? new ImageVersion
            {
                Name = name,
                Key = key,
                Id = image.Id,
                CreatedAt = DateTimeOffset.TryParse(
                    image.Labels.GetValueOrDefault(ImageLabels.Created),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var at) ? at : image.CreatedAt,
                Revision = image.Labels.GetValueOrDefault(ImageLabels.Revision),
                Size = image.Size,
                IsCurrent = image.Tags.Contains($"{name}:latest"),
            }
            : null;
}
