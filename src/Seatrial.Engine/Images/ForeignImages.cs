using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>Images that are not built here but pulled, or in the one case of Debian made.</summary>
internal sealed class ForeignImages(ImageWorkshop workshop)
{
    private readonly IImages _images = workshop.Images;

    /// <summary>The id of each, with what was done to get it.</summary>
    public async Task<IReadOnlyDictionary<string, (string Id, ImageStep Step)>> EnsureAsync(
        IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var ensured = await Task.WhenAll(references.Select(reference => EnsureAsync(reference, cancellationToken)));
        return references.Zip(ensured).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>The step that would be taken; for what is there, its id too.</summary>
    public async Task<(string? Id, ImageStep Step)> ExplainAsync(
        string reference, CancellationToken cancellationToken) =>
        await _images.InspectAsync(reference, cancellationToken) is { } image
            ? (image.Id, Step(reference, ImageAction.Keep, "the engine has it", TimeSpan.Zero))
            : (null, Step(reference, ImageAction.Pull, "the engine does not have it", TimeSpan.Zero));

    private async Task<(string Id, ImageStep Step)> EnsureAsync(string reference, CancellationToken cancellationToken)
    {
        var started = workshop.Clock.GetTimestamp();
        if (await _images.InspectAsync(reference, cancellationToken) is { } image)
        {
            return (image.Id, Step(
                reference, ImageAction.Keep, "the engine has it", workshop.Clock.GetElapsedTime(started)));
        }

        workshop.Say(reference, "pulling");
        var notPulled = await _images.PullAsync(reference, cancellationToken);
        if (notPulled is null && await _images.InspectAsync(reference, cancellationToken) is { } pulled)
        {
            return (pulled.Id, Step(
                reference, ImageAction.Pull, "the engine did not have it", workshop.Clock.GetElapsedTime(started)));
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

    private static ImageStep Step(string reference, ImageAction action, string reason, TimeSpan duration) => new()
    {
        Action = action,
        Subject = reference,
        Reasons = [reason],
        Duration = duration,
    };
}
