using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>Images that are not built here but pulled, or in the one case of Debian made.</summary>
internal sealed class ForeignImages(ImageWorkshop workshop)
{
    private readonly IImages _images = workshop.Images;

    /// <summary>The id of each, with what was done to get it.</summary>
    public async Task<IReadOnlyDictionary<string, (string Id, ImageStep Step)>> EnsureAsync(
        ImagePlan plan, CancellationToken cancellationToken)
    {
        var ensured = await Task.WhenAll(plan.Foreign.Select(reference => EnsureAsync(
            reference, plan.PullRules.GetValueOrDefault(reference), cancellationToken)));
        return plan.Foreign.Zip(ensured).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>The step that would be taken; for what is there, its id too.</summary>
    public async Task<(string? Id, ImageStep Step)> ExplainAsync(
        string reference, PullRule? rule, CancellationToken cancellationToken)
    {
        var image = await _images.InspectAsync(reference, cancellationToken);
        return image is null ? (null, Step(reference, ImageAction.Pull, "the engine does not have it", TimeSpan.Zero))
            : IsDue(reference, rule, image)
                ? (image.Id, Step(reference, ImageAction.Pull, $"pull_policy: {rule?.Policy}", TimeSpan.Zero))
                : (image.Id, Step(reference, ImageAction.Keep, "the engine has it", TimeSpan.Zero));
    }

    private async Task<(string Id, ImageStep Step)> EnsureAsync(
        string reference, PullRule? rule, CancellationToken cancellationToken)
    {
        var started = workshop.Clock.GetTimestamp();
        var image = await _images.InspectAsync(reference, cancellationToken);
        var isDue = image is not null && IsDue(reference, rule, image);
        if (image is not null && !isDue)
        {
            return (image.Id, Step(
                reference, ImageAction.Keep, "the engine has it", workshop.Clock.GetElapsedTime(started)));
        }

        if (rule is { Forbids: true })
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                $"Image {reference} is not on the engine, and pull_policy: never forbids to pull it.",
                rule.Where,
                $"bring it there (docker pull {reference}, or docker load), or write pull_policy: missing.");
        }

        workshop.Say(reference, "pulling");
        var notPulled = await _images.PullAsync(reference, cancellationToken);
        if (notPulled is null && await _images.InspectAsync(reference, cancellationToken) is { } pulled)
        {
            workshop.Store.SavePull(reference);
            return (pulled.Id, Step(
                reference,
                ImageAction.Pull,
                isDue ? $"pull_policy: {rule?.Policy}" : "the engine did not have it",
                workshop.Clock.GetElapsedTime(started)));
        }

        if (isDue)
        {
            throw new SeatrialException(ExitCode.Unavailable, [new Problem
            {
                What = $"Image {reference} could not be pulled, as pull_policy: {rule?.Policy} asks.",
                Where = rule?.Where ?? reference,
                Why = notPulled,
                Fix = "mend the way to its registry, or write pull_policy: missing to run the one that the engine has.",
            }]);
        }

        if (reference is not DebianImage.Reference)
        {
            throw new SeatrialException(ExitCode.Unavailable, [new Problem
            {
                What = $"Image {reference} is not on the engine, and no registry gave it.",
                Where = reference,
                Why = notPulled,
                Fix = "correct the name, log in to its registry, or give the service a build section.",
            }]);
        }

        workshop.Say(reference, "no registry gave it: making it of Debian's packages");
        var id = await DebianImage.On(workshop).MakeAsync(notPulled ?? "no reason given", cancellationToken);
        return (id, Step(reference, ImageAction.Make, "no registry gave it", workshop.Clock.GetElapsedTime(started)));
    }

    private bool IsDue(string reference, PullRule? rule, ImageState image) =>
        rule?.IsDue(workshop.Store.LastPull(reference) ?? image.TaggedAt, workshop.Clock.GetUtcNow()) is true;

    private static ImageStep Step(string reference, ImageAction action, string reason, TimeSpan duration) => new()
    {
        Action = action,
        Subject = reference,
        Reasons = [reason],
        Duration = duration,
    };
}
