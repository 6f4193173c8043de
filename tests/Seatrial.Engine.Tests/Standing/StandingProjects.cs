using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Standing;
using Seatrial.Testing.Simulation;

namespace Seatrial.Engine.Tests.Standing;

/// <summary>Brings projects up on a simulated engine.</summary>
internal static class StandingProjects
{
    public static async Task<UpPlan> PlanAsync(
        SimulatedDriver driver,
        ComposeProject project,
        UpOptions? options = null,
        IReadOnlyDictionary<string, int>? replicas = null,
        IReadOnlyDictionary<string, string>? images = null,
        IReadOnlyCollection<string>? chosen = null)
    {
        var seen = await StandingProject.ObserveAsync(driver, project.Name, CancellationToken.None);
        var services = chosen ?? [.. project.Services.Keys];
        var wanted = EnvironmentPlans.Plan(
            project with { Services = project.Services.Where(one => services.Contains(one.Key)).ToDictionary() },
            new EnvironmentOptions
            {
                RunId = project.Name,
                ProjectName = project.Name,
                Keep = true,
                Replicas = replicas ?? new Dictionary<string, int>(),
                Images = images ?? new Dictionary<string, string>(),
            });
        return UpPlanner.Plan(wanted, [.. project.Services.Keys], services, seen, options ?? new UpOptions());
    }

    public static async Task<UpPlan> UpAsync(
        SimulatedDriver driver,
        TimeProvider clock,
        ComposeProject project,
        UpOptions? options = null,
        IReadOnlyDictionary<string, int>? replicas = null)
    {
        var plan = await PlanAsync(driver, project, options, replicas);
        await new ProjectRunner(driver, clock).UpAsync(plan, progress: null, CancellationToken.None);
        return plan;
    }

    /// <summary>What changes, as <c>action name: cause</c>.</summary>
    public static IReadOnlyList<string> Changes(UpPlan plan) =>
    [
        .. plan.Steps
            .Where(step => step.Action is not UpAction.Keep)
            .Select(step => $"{step.Action} {step.Name}: {step.Cause}"),
    ];
}
