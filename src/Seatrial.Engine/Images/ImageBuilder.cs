using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>
/// Sees to a system's images: publishes projects, then builds bases, then what stands on them, each only when something
/// that decides its content changed.
/// </summary>
public sealed class ImageBuilder(IContainerDriver driver, TimeProvider clock)
{
    /// <summary>
    /// Whether the compiler of .NET projects stays for the next change, which it then brings in a second rather than in
    /// twenty; it ends by itself, or by <see cref="EndCompilerAsync"/>.
    /// </summary>
    public bool KeepsCompiler { get; init; }

    /// <summary>
    /// Whether old versions stay until <see cref="PruneAsync"/> is called: others may wait for the new ones.
    /// </summary>
    public bool PrunesLater { get; init; }

    /// <summary>Does what is to be done, and says what each service runs.</summary>
    public async Task<ImageOutcome> EnsureAsync(
        ComposeProject project, ImageSpec spec, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var store = StoreOf(project);
        using var locked = await store.LockAsync(
            () => progress?.Report(
                new ImageProgress(project.Name, "waiting for another command that builds these images")),
            cancellationToken);
        var workshop = Workshop(store, progress);
        try
        {
            var published = await PublishAsync(workshop, project, spec, cancellationToken);
            CopyStep.Ensure(project, spec.Copies, workshop.Say);
            var plan = ImagePlan.From(project, spec);
            var foreign = await new ForeignImages(workshop).EnsureAsync(plan, cancellationToken);
            var built = await new ImageBuild(
                workshop, foreign.ToDictionary(image => image.Key, image => image.Value.Id))
                .EnsureAsync(plan, cancellationToken);
            return new ImageOutcome
            {
                Services = plan.Services.ToDictionary(
                    service => service.Key,
                    service => built.TryGetValue(service.Value, out var image)
                        ? new ImageUse(service.Key, image.Reference, image.Id)
                        : new ImageUse(service.Key, service.Value, foreign[service.Value].Id)),
                Steps =
                [
                    .. published,
                    .. foreign.Values.Select(image => image.Step),
                    .. built.Values.Select(image => image.Step),
                    .. PrunesLater ? [] : await PruneAsync(built.Values.Select(image => image.Step), cancellationToken),
                ],
            };
        }
        finally
        {
            store.Save(workshop.Hashes);
        }
    }

    /// <summary>Removes old versions of what was built; says which.</summary>
    public async Task<IReadOnlyList<ImageStep>> PruneAsync(
        IEnumerable<ImageStep> done, CancellationToken cancellationToken)
    {
        var steps = new List<ImageStep>();
        foreach (var step in done.Where(step => step.Action is ImageAction.Build))
        {
            var reference = ImageReference.Parse(step.Subject);
            steps.AddRange(
                await ImagePruner.PruneAsync(driver.Images, reference.Name, reference.Tag ?? "", cancellationToken));
        }

        return steps;
    }

    /// <summary>Ends the compiler that stayed, if there is one.</summary>
    public static async Task EndCompilerAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var folder = ImageStore.FolderOf(project.Directory);
        if (WarmCompiler.MayRun(folder))
        {
            await new WarmCompiler(folder, DotnetRuntime.OfThisProcess()).EndAsync(cancellationToken);
        }
    }

    /// <summary>What <see cref="EnsureAsync"/> would do, and why; nothing is done.</summary>
    public async Task<IReadOnlyList<ImageStep>> ExplainAsync(
        ComposeProject project, ImageSpec spec, CancellationToken cancellationToken)
    {
        var workshop = Workshop(StoreOf(project), progress: null);
        var decisions = PublishStepOf(workshop, project, spec)?.Decide(spec.Publish) ?? [];
        var images = await new ImageExplanation(workshop, decisions).ExplainAsync(
            ImagePlan.From(project, spec), cancellationToken);
        return [.. decisions.Select(decision => StepOf(decision, TimeSpan.Zero)), .. images];
    }

    private async Task<IReadOnlyList<ImageStep>> PublishAsync(
        ImageWorkshop workshop, ComposeProject project, ImageSpec spec, CancellationToken cancellationToken)
    {
        var steps = new List<ImageStep>();
        if (PublishStepOf(workshop, project, spec) is { } step)
        {
            foreach (var decision in step.Decide(spec.Publish))
            {
                var started = clock.GetTimestamp();
                if (decision.Reasons.Count > 0)
                {
                    workshop.Say(decision.Name, decision.Recipe is null ? "publishing" : "compiling");
                    await step.PublishAsync(decision, line => workshop.Say(decision.Name, line), cancellationToken);
                }

                steps.Add(StepOf(decision, clock.GetElapsedTime(started)));
            }
        }

        return steps;
    }

    private static ImageStep StepOf(PublishDecision decision, TimeSpan duration) => new()
    {
        Action = decision.Reasons.Count > 0 ? ImageAction.Publish : ImageAction.Keep,
        Subject = decision.Name,
        Reasons = decision.Reasons.Count > 0 ? decision.Reasons : ["nothing that decides it changed"],
        Duration = duration,
    };

    private PublishStep? PublishStepOf(ImageWorkshop workshop, ComposeProject project, ImageSpec spec)
    {
        if (spec.Publish.Count is 0)
        {
            return null;
        }

        var runtime = DotnetRuntime.OfThisProcess();
        return new PublishStep(
            workshop.Store,
            workshop.Hashes,
            runtime,
            project.Directory,
            KeepsCompiler ? new WarmCompiler(ImageStore.FolderOf(project.Directory), runtime) : null);
    }

    private ImageStore StoreOf(ComposeProject project) => new(ImageStore.FolderOf(project.Directory), clock);

    private ImageWorkshop Workshop(ImageStore store, IProgress<ImageProgress>? progress) => new()
    {
        Images = driver.Images,
        Builder = driver.Images as ICanBuildImages ?? throw new SeatrialException(
            ExitCode.Unavailable, "This driver can't build images.", driver.GetType().Name,
            "build them on a Docker Engine."),
        Store = store,
        Hashes = store.LoadHashes(),
        Clock = clock,
        Progress = progress,
    };
}
