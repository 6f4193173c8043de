using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>An image to build.</summary>
internal sealed record PlannedImage
{
    /// <summary>As Dockerfiles and services name it, with its tag.</summary>
    public required ImageReference Reference { get; init; }

    public required ComposeBuild Build { get; init; }

    public required Dockerfile Dockerfile { get; init; }

    public required string DockerfileText { get; init; }

    /// <summary>Where a user finds it: the service's or base's place.</summary>
    public required string Where { get; init; }

    /// <summary>Services that run it; none for a base.</summary>
    public required IReadOnlyList<string> Services { get; init; }
}

/// <summary>The images of a system: which are built, on what they stand, and which come from elsewhere.</summary>
internal sealed record ImagePlan
{
    /// <summary>By full reference; each comes after those that it stands on.</summary>
    public required IReadOnlyDictionary<string, PlannedImage> Built { get; init; }

    /// <summary>Full references of images that a registry, or this machine, has to have.</summary>
    public required IReadOnlyList<string> Foreign { get; init; }

    /// <summary>By full reference of a foreign image, where a service says when it is pulled.</summary>
    public IReadOnlyDictionary<string, PullRule> PullRules { get; init; } = new Dictionary<string, PullRule>();

    /// <summary>The full reference of the image that each service runs.</summary>
    public required IReadOnlyDictionary<string, string> Services { get; init; }

    /// <summary>Reads the Dockerfiles and puts the images in order, or says everything that is wrong.</summary>
    public static ImagePlan From(ComposeProject project, ImageSpec spec)
    {
        var problems = new List<Problem>();
        var images = new Dictionary<string, PlannedImage>();
        foreach (var wanted in Wanted(project, spec))
        {
            if (BuildProblem(wanted, spec) is { } problem)
            {
                problems.Add(problem);
            }
            else if (!images.TryGetValue(wanted.Reference.ToString(), out var other))
            {
                images.Add(wanted.Reference.ToString(), Planned(wanted));
            }
            else if (SameBuild(other.Build, wanted.Build))
            {
                images[wanted.Reference.ToString()] = other with { Services = [.. other.Services, .. wanted.Services] };
            }
            else
            {
                problems.Add(new Problem
                {
                    What = $"Image {wanted.Reference} is built in two ways.",
                    Where = $"{wanted.Where} and {other.Where}",
                    Fix = "give one of them another name (image:).",
                });
            }
        }

        var order = Order(images, problems);
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }

        var services = project.Services.Values
            .Where(service => service.Image is not null || service.Build is not null)
            .ToDictionary(service => service.Name, service => NameOf(project, service).ToString());
        return new ImagePlan
        {
            Built = order.ToDictionary(name => name, name => images[name]),
            Services = services,
            PullRules = PullRule.Of(project),
            Foreign = [.. order.SelectMany(name => FullNames(images[name]))
                .Concat(services.Values)
                .Where(name => !images.ContainsKey(name))
                .Distinct()],
        };
    }

    /// <summary>What a Dockerfile calls by a name, in full.</summary>
    public static IEnumerable<string> FullNames(PlannedImage image) =>
        image.Dockerfile.Images.Select(name => ImageReference.Parse(name).ToString());

    private static IEnumerable<WantedImage> Wanted(ComposeProject project, ImageSpec spec)
    {
        foreach (var image in spec.Bases)
        {
            yield return new WantedImage(
                ImageReference.Parse(image.Image), image.Build, $"{spec.File} (bases.{image.Image})", []);
        }

        foreach (var service in project.Services.Values)
        {
            if (service.Build is { } build)
            {
                var where = project.PositionOf($"services.{service.Name}.build").ToString();
                yield return new WantedImage(NameOf(project, service), build, where, [service.Name]);
            }
        }
    }

    private static ImageReference NameOf(ComposeProject project, ComposeService service) =>
        ImageReference.Parse(project.ImageOf(service));

    private static PlannedImage Planned(WantedImage wanted)
    {
        var text = File.ReadAllText(wanted.Build.Dockerfile);
        return new PlannedImage
        {
            Reference = wanted.Reference,
            Build = wanted.Build,
            Dockerfile = Dockerfile.Parse(text, wanted.Build.Args),
            DockerfileText = text,
            Where = wanted.Where,
            Services = wanted.Services,
        };
    }

    private static Problem? BuildProblem(WantedImage wanted, ImageSpec spec) =>
        !File.Exists(wanted.Build.Dockerfile)
            ? new Problem
            {
                What = $"Image {wanted.Reference} has no Dockerfile: {wanted.Build.Dockerfile} does not exist.",
                Where = wanted.Where,
                Fix = "create it, or correct build.dockerfile (a path that starts from build.context).",
            }
            : !Directory.Exists(wanted.Build.Context)
                && !spec.Publish.Any(publish => publish.IsWithin(wanted.Build.Context))
                ? new Problem
                {
                    What = $"Image {wanted.Reference} has no build context: {wanted.Build.Context} does not exist.",
                    Where = wanted.Where,
                    Fix = "create the folder, or correct build.context.",
                }
                : null;

    /// <summary>Records compare their dictionaries by identity.</summary>
    private static bool SameBuild(ComposeBuild one, ComposeBuild other) =>
        (one.Context, one.Dockerfile, one.Target) == (other.Context, other.Dockerfile, other.Target)
        && one.Args.OrderBy(arg => arg.Key).SequenceEqual(other.Args.OrderBy(arg => arg.Key))
        && one.Labels.OrderBy(label => label.Key).SequenceEqual(other.Labels.OrderBy(label => label.Key));

    private static List<string> Order(Dictionary<string, PlannedImage> images, List<Problem> problems)
    {
        var order = new List<string>();
        var open = new List<string>();
        foreach (var name in images.Keys)
        {
            Visit(name);
        }

        return order;

        void Visit(string name)
        {
            if (order.Contains(name) || !images.TryGetValue(name, out var image))
            {
                return;
            }

            if (open.Contains(name))
            {
                problems.Add(new Problem
                {
                    What = "Images stand on each other in a circle: "
                        + $"{string.Join(" → ", [.. open.SkipWhile(at => at != name), name])}.",
                    Where = image.Build.Dockerfile,
                    Fix = "let one of them stand on an image outside the circle (FROM).",
                });
                return;
            }

            open.Add(name);
            foreach (var below in FullNames(image))
            {
                Visit(below);
            }

            open.Remove(name);
            order.Add(name);
        }
    }

    private sealed record WantedImage(
        ImageReference Reference, ComposeBuild Build, string Where, IReadOnlyList<string> Services);
}
