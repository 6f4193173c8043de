using System.Globalization;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary>A plan as a table: what is done, to what, why, and after what.</summary>
internal static class UpPlanText
{
    public static void Write(UpPlan plan, TextWriter output)
    {
        foreach (var step in plan.Steps)
        {
            var wave = step.Wave is null ? "" : $"; {step.Wave}";
            var after = step.After.Count > 0 ? $"; after {string.Join(", ", step.After)}" : "";
            output.WriteLine(Line(
                step.Action.ToString().ToLowerInvariant(), NameOf(step.Kind), step.Name, step.Cause + wave + after));
        }

        var changes = plan.Steps.Count(step => step.Action is not UpAction.Keep);
        output.WriteLine(changes is 0
            ? "Everything is as it should be."
            : string.Create(CultureInfo.InvariantCulture, $"{changes} of {plan.Steps.Count} would change; nothing was done."));
    }

    public static string Line(string action, string kind, string name, string cause) =>
        $"{action,-14}{kind,-11}{name,-28} {cause}";

    private static string NameOf(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
