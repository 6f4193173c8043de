using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>What <c>deploy.update_config</c> makes of a plan, before anything is done.</summary>
internal static class UpdateSteps
{
    /// <summary>Of each container that is replaced in turn: <c>wave 2 of 3, 5 s later, start-first</c>.</summary>
    public static IReadOnlyDictionary<PlannedContainer, string> Of(IReadOnlyList<PlannedContainer> containers)
    {
        var turns = new Dictionary<PlannedContainer, string>();
        foreach (var (policy, replaced) in Updates(containers))
        {
            var waves = UpdateWaves.Of(replaced, policy.Parallelism);
            var first = replaced[0].Request.Service;
            var order = policy.Order is "start-first" && first.Ports.All(port => port.HostPort is null)
                ? ", start-first"
                : "";
            foreach (var (number, wave) in waves.Index())
            {
                var later = number > 0 && policy.Delay > TimeSpan.Zero
                    ? string.Create(CultureInfo.InvariantCulture, $", {policy.Delay.TotalSeconds:0.###} s later")
                    : "";
                foreach (var container in wave)
                {
                    turns[container] = string.Create(
                        CultureInfo.InvariantCulture, $"wave {number + 1} of {waves.Count}{later}{order}");
                }
            }
        }

        return turns;
    }

    /// <summary>What they add to the time that a start may take.</summary>
    public static TimeSpan Time(IReadOnlyList<PlannedContainer> containers) => Updates(containers).Aggregate(
        TimeSpan.Zero, (sum, update) => sum + UpdateWaves.Time(update.Policy, update.Replaced));

    private static IEnumerable<(ComposeUpdate Policy, IReadOnlyList<PlannedContainer> Replaced)> Updates(
        IReadOnlyList<PlannedContainer> containers) =>
        ServiceUpdate.Of(containers).Values.Select(update => (update.Policy, update.Replaced));
}
