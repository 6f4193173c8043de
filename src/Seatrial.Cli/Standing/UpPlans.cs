using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary>From a system's files and what is on the engine to what an <c>up</c> does.</summary>
internal static class UpPlans
{
    private const string Diagnoses = ".seatrial/diagnoses";

    /// <param name="system">Its services that were named, with all that they depend on, are brought up.</param>
    /// <param name="replicas">How many of a service, where not as the file says.</param>
    /// <param name="images">Gives each service's image.</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="supervised">Whether restart policies are seen to from here.</param>
    /// <param name="host">Below whose folder a start that fails leaves what is known of it.</param>
    /// <param name="cancellationToken">Ends it; an image that is being built is not left half done.</param>
    public static async Task<UpPlan> MakeAsync(
        StandingSystem system,
        IReadOnlyDictionary<string, int> replicas,
        Func<ComposeProject, CancellationToken, Task<IReadOnlyDictionary<string, string>>> images,
        UpOptions options,
        bool supervised,
        ProgramHost host,
        CancellationToken cancellationToken)
    {
        var seen = await system.ObserveAsync(cancellationToken);
        var whole = system.Files.Project;
        var chosen = Dependencies.With(system.Services, whole);
        var project = whole with
        {
            Services = whole.Services.Where(service => chosen.Contains(service.Key)).ToDictionary(),
        };
        var wanted = EnvironmentPlans.Plan(project, new EnvironmentOptions
        {
            RunId = project.Name,
            ProjectName = project.Name,
            Keep = true,
            Supervised = supervised,
            Diagnosis = Path.Combine(host.Directory, Diagnoses, $"{system.Name}-{RunFolder.NewId(host.Clock)}"),
            Replicas = replicas,
            Images = await images(project, cancellationToken),
        });
        return UpPlanner.Plan(wanted, [.. whole.Services.Keys], chosen, seen, options);
    }

    /// <summary>
    /// The same, with nothing changed but how many there are: images, containers and orphans stay as they are, and
    /// services that are not named as many as they are.
    /// </summary>
    public static async Task<UpPlan> AsItIsAsync(
        StandingSystem system,
        IReadOnlyDictionary<string, int> asked,
        ProgramHost host,
        CancellationToken cancellationToken)
    {
        var replicas = new Dictionary<string, int>(asked);
        foreach (var service in (await system.ObserveAsync(cancellationToken)).Containers.GroupBy(one => one.Service))
        {
            replicas.TryAdd(service.Key, service.Count());
        }

        return await MakeAsync(
            system,
            replicas,
            new ServiceImages(system, host).PresentAsync,
            new UpOptions { NoRecreate = true, KeepOrphans = true },
            supervised: false,
            host,
            cancellationToken);
    }
}
