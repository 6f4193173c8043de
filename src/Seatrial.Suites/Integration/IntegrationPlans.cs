using Seatrial.Engine;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites.Integration;

/// <summary>Whether a system can be put through the suite, before anything of it starts.</summary>
public static class IntegrationPlans
{
    /// <exception cref="SeatrialException">It says nothing of the suite, or names services that do not run.</exception>
    public static void Check(TrialPlan plan)
    {
        if (plan.Spec.Integration is not { } spec)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                "seatrial.yaml does not say how records get into the system over HTTP.",
                plan.Spec.Images.File,
                "Write suites.integration: {entrance: SERVICE:PORT, counted_in: COLUMN}; "
                    + "docs/seatrial-yaml.md has the rest.");
        }

        var problems = new[] { spec.Entrance, spec.Prometheus, spec.Receiver }
            .OfType<ServiceEndpoint>()
            .Where(endpoint => !plan.Project.Services.ContainsKey(endpoint.Service))
            .Select(endpoint => new Problem
            {
                What = $"suites.integration names the service {endpoint.Service}, which does not run.",
                Where = plan.Spec.Images.File,
                Fix = $"Name one of {string.Join(", ", plan.Project.Services.Keys)}, "
                    + "or turn its profile on: profiles: NAME.",
            })
            .ToList();
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }
    }
}
