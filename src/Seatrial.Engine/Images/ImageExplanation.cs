namespace Seatrial.Engine.Images;

/// <summary>Says what would be done about the images of a plan, without doing it.</summary>
internal sealed class ImageExplanation(ImageWorkshop workshop, IReadOnlyList<PublishDecision> published)
{
    /// <summary>Stands for an id that only a build would tell.</summary>
    private const string NotYet = "";

    /// <summary>Foreign images first, then the built ones, each after those below it.</summary>
    public async Task<IReadOnlyList<ImageStep>> ExplainAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        var steps = new List<ImageStep>();
        var ids = new Dictionary<string, string>();
        var foreign = new ForeignImages(workshop);
        foreach (var reference in plan.Foreign)
        {
            var (id, step) = await foreign.ExplainAsync(
                reference, plan.PullRules.GetValueOrDefault(reference), cancellationToken);
            ids[reference] = id ?? NotYet;
            steps.Add(step);
        }

        foreach (var (name, image) in plan.Built)
        {
            var (id, step) = await ExplainAsync(image, ids, cancellationToken);
            ids[name] = id;
            steps.Add(step);
        }

        return steps;
    }

    private async Task<(string Id, ImageStep Step)> ExplainAsync(
        PlannedImage image, Dictionary<string, string> ids, CancellationToken cancellationToken)
    {
        string[] certain =
        [
            .. published.Where(decision => decision.Reasons.Count > 0 && decision.Spec.IsWithin(image.Build.Context))
                .Select(decision => $"{decision.Name} is published into its context"),
            .. image.Dockerfile.Images.Where(name => ids[ImageReference.Parse(name).ToString()] is NotYet)
                .Select(name => $"{name} below it is made anew"),
        ];
        if (certain.Length > 0)
        {
            return (NotYet, Step(ImageAction.Build, image.Reference.ToString(), certain));
        }

        var context = BuildContext.Read(image.Build.Context, image.Build.Dockerfile);
        var bases = image.Dockerfile.Images.ToDictionary(
            name => name, name => ids[ImageReference.Parse(name).ToString()]);
        var manifest = ImageDecision.ManifestOf(image, context, bases, workshop.Hashes);
        var reference = $"{image.Reference.Name}:{manifest.Key}";
        var state = await workshop.Images.InspectAsync(reference, cancellationToken);
        var reasons = ImageDecision.ReasonsFor(manifest, workshop.Store.Manifest(image.Reference), state is not null);
        return state is null
            ? (NotYet, Step(ImageAction.Build, reference, reasons))
            : (state.Id, Step(ImageAction.Keep, reference, ["nothing that decides it changed"]));
    }

    private static ImageStep Step(ImageAction action, string subject, IReadOnlyList<string> reasons) =>
        new() { Action = action, Subject = subject, Reasons = reasons };
}
