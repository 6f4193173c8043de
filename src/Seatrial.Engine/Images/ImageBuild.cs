using System.Text.RegularExpressions;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>An image that is there.</summary>
internal sealed record EnsuredImage(string Reference, string Id, ImageStep Step);

/// <summary>Builds the images of a plan, those that do not stand on each other side by side.</summary>
internal sealed partial class ImageBuild(ImageWorkshop workshop, IReadOnlyDictionary<string, string> foreign)
{
    private const int ShownLines = 20;
    private const int ShownWidth = 160;
    private const int ShownEnd = 40;

    /// <summary>
    /// Every image of the plan, by its full reference; when some do not build, all of their problems at once.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, EnsuredImage>> EnsureAsync(
        ImagePlan plan, CancellationToken cancellationToken)
    {
        var attempts = new Dictionary<string, Task<Attempt>>();
        foreach (var (name, image) in plan.Built)
        {
            // The plan has those below an image before it.
            attempts.Add(name, TryAsync(image, attempts.ToDictionary(), cancellationToken));
        }

        var ended = await Task.WhenAll(attempts.Values);
        SeatrialException[] failures = [.. ended.Select(attempt => attempt.Failure).OfType<SeatrialException>()];
        if (failures.Length > 0)
        {
            throw new SeatrialException(
                failures[0].ExitCode, [.. failures.SelectMany(failure => failure.Problems)], failures[0]);
        }

        return plan.Built.Keys.Zip(ended.Select(attempt => attempt.Image).OfType<EnsuredImage>())
            .ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>A failure is a value, so that what does not stand on it goes on, and what does is left out.</summary>
    private async Task<Attempt> TryAsync(
        PlannedImage image, Dictionary<string, Task<Attempt>> earlier, CancellationToken cancellationToken)
    {
        var below = new Dictionary<string, EnsuredImage>();
        foreach (var name in ImagePlan.FullNames(image).Where(earlier.ContainsKey).Distinct())
        {
            if ((await earlier[name]).Image is not { } ensured)
            {
                return new Attempt(null, null);
            }

            below.Add(name, ensured);
        }

        try
        {
            return new Attempt(await EnsureAsync(image, below, cancellationToken), null);
        }
        catch (SeatrialException e)
        {
            return new Attempt(null, e);
        }
    }

    private async Task<EnsuredImage> EnsureAsync(
        PlannedImage image, Dictionary<string, EnsuredImage> below, CancellationToken cancellationToken)
    {
        var started = workshop.Clock.GetTimestamp();
        var context = BuildContext.Read(image.Build.Context, image.Build.Dockerfile);
        var bases = image.Dockerfile.Images.ToDictionary(name => name, name => IdOf(name, below));
        var manifest = ImageDecision.ManifestOf(image, context, bases, workshop.Hashes);
        var reference = $"{image.Reference.Name}:{manifest.Key}";
        var state = await workshop.Images.InspectAsync(reference, cancellationToken);
        var last = workshop.Store.Manifest(image.Reference);
        var reasons = ImageDecision.ReasonsFor(manifest, last, state is not null);
        if (state is null)
        {
            await BuildAsync(new Wanted(image, manifest, reference, context, below), cancellationToken);
            state = await workshop.Images.InspectAsync(reference, cancellationToken)
                ?? throw new IOException($"the engine built {reference} but does not have it");
        }
        else if (!state.Tags.Contains(image.Reference.ToString()))
        {
            await workshop.Images.TagAsync(reference, image.Reference.ToString(), cancellationToken);
        }

        if (last?.Key != manifest.Key)
        {
            workshop.Store.Save(image.Reference, manifest);
        }

        return new EnsuredImage(reference, state.Id, new ImageStep
        {
            Action = reasons.Count is 0 ? ImageAction.Keep : ImageAction.Build,
            Subject = reference,
            Reasons = reasons.Count is 0 ? ["nothing that decides it changed"] : reasons,
            Duration = workshop.Clock.GetElapsedTime(started),
        });
    }

    private string IdOf(string name, Dictionary<string, EnsuredImage> below)
    {
        var full = ImageReference.Parse(name).ToString();
        return below.TryGetValue(full, out var built) ? built.Id : foreign[full];
    }

    private async Task BuildAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        var image = wanted.Image;
        var names = image.Dockerfile.Images
            .Where(name => wanted.Below.ContainsKey(ImageReference.Parse(name).ToString()))
            .ToDictionary(name => name, name => wanted.Below[ImageReference.Parse(name).ToString()].Reference);
        var path = ContextTar.DockerfilePath(image.Build, wanted.Context);
        await using var tar = workshop.Store.OpenScratch(wanted.Manifest.Key);
        await ContextTar.WriteAsync(tar, wanted.Context, path, image.Dockerfile.With(names), cancellationToken);
        tar.Position = 0;
        var revision = GitRevision.Of(image.Build.Context);
        var outcome = await workshop.Builder.BuildAsync(
            new ImageBuildRequest
            {
                Context = tar,
                Dockerfile = path,
                Tags = [wanted.Reference, image.Reference.ToString()],
                Target = image.Build.Target,
                Args = image.Build.Args,
                Labels = ImageLabels.Of(image, wanted.Manifest, revision, workshop.Clock.GetUtcNow()),
            },
            new Lines(line => workshop.Say(wanted.Reference, line)),
            cancellationToken);
        if (outcome.Error is { } error)
        {
            throw Failure(image, error, outcome.Output);
        }
    }

    private static SeatrialException Failure(PlannedImage image, string error, IReadOnlyList<string> output)
    {
        var services = image.Services.Count > 0 ? $" (for {string.Join(", ", image.Services)})" : "";
        var line = FaultyLine().Match(error) is { Success: true } match ? $":{match.Groups["line"].Value}" : "";
        var full = output.Append(error)
            .Any(line => line.Contains("no space left on device", StringComparison.OrdinalIgnoreCase));
        return new SeatrialException(full ? ExitCode.Unavailable : ExitCode.Usage, [new Problem
        {
            What = $"Image {image.Reference}{services} does not build.",
            Where = $"{image.Build.Dockerfile}{line}, used at {image.Where}",
            Why = Shortened(error),
            Fix = full
                ? "free space on the engine's disk (docker builder prune, docker system prune), then run the command again."
                : "mend the instruction that the output ends at, then run the command again.",
            Output = [.. output.TakeLast(ShownLines).Select(Shortened)],
        }]);
    }

    /// <summary>A long RUN comes back whole; its beginning and its end say which it was and what happened.</summary>
    private static string Shortened(string line) =>
        line.Length <= ShownWidth ? line : $"{line[..(ShownWidth - ShownEnd)]} … {line[^ShownEnd..]}";

    [GeneratedRegex(@"(?:parse error.* line|Dockerfile:|line) (?<line>\d+)")]
    private static partial Regex FaultyLine();

    private sealed record Attempt(EnsuredImage? Image, SeatrialException? Failure);

    private sealed record Wanted(
        PlannedImage Image,
        ImageManifest Manifest,
        string Reference,
        IReadOnlyList<ContextEntry> Context,
        IReadOnlyDictionary<string, EnsuredImage> Below);

    /// <summary>Unlike <see cref="Progress{T}"/> in order and at once.</summary>
    private sealed class Lines(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
