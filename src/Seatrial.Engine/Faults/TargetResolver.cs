using Npgsql;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Faults;

/// <summary>From a target as planned to the containers that it is now.</summary>
internal static class TargetResolver
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(2);

    /// <exception cref="FaultNotSeenException">There is none.</exception>
    public static async Task<IReadOnlyList<RunningContainer>> ResolveAsync(
        FaultScene scene, PlannedFault fault, CancellationToken cancellationToken) => fault.Spec.Target.Choice switch
        {
            TargetChoice.HolderOf =>
                [await HolderAsync(scene, fault.Spec.Target.Of, cancellationToken)],
            TargetChoice.LastToClaim => [LastToClaim(scene, fault.Spec.Target.Of)],
            TargetChoice.OneOf or TargetChoice.Container or TargetChoice.MinorityOf or TargetChoice.AllOf =>
                await scene.UntilAsync(() => NumberedAsync(scene, fault, cancellationToken), cancellationToken),
        };

    /// <summary>Null as long as one of them is dead or being replaced, as another fault may have it.</summary>
    private static async Task<List<RunningContainer>?> NumberedAsync(
        FaultScene scene, PlannedFault fault, CancellationToken cancellationToken)
    {
        var found = scene.Environment.Containers
            .Where(one => one.Service == fault.Spec.Service && fault.Numbers.Contains(one.Number))
            .OrderBy(one => one.Number)
            .ToList();
        if (found.Count != fault.Numbers.Count)
        {
            return null;
        }

        foreach (var one in found)
        {
            if (await scene.Driver.Containers.InspectAsync(one.Id, cancellationToken) is not { Running: true })
            {
                return null;
            }
        }

        return found;
    }

    private static RunningContainer LastToClaim(FaultScene scene, string queue)
    {
        var last = (scene.Log?.Counts.Owners ?? new Dictionary<string, OwnerCounts>())
            .Where(owner => owner.Value.Queue == queue && owner.Value.Claims > 0)
            .OrderByDescending(owner => owner.Value.LastClaimAt)
            .Select(owner => owner.Key)
            .FirstOrDefault() ?? throw new FaultNotSeenException($"Nobody has claimed from {queue} yet.");
        return OwnedBy(scene, last);
    }

    /// <summary>Asked of the rows themselves: the log tells how many a worker holds, not which.</summary>
    private static async Task<RunningContainer> HolderAsync(
        FaultScene scene, string record, CancellationToken cancellationToken)
    {
        if (scene is not { Database: { } database, Mapping.Queue: { Owner: { } owner } table })
        {
            throw new FaultNotSeenException("Nobody can be asked who holds a record.");
        }

        var sql = $"select {Quoted(owner)}::text from {table.Table} where {Quoted(table.Key ?? table.Id)}::text = @it "
            + $"and {Quoted(table.State)}::text = any(@running) limit 1";
        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        await using var command = new NpgsqlCommand(sql, session);
        command.Parameters.AddWithValue("it", record);
        command.Parameters.AddWithValue("running", table.Running.ToArray());
        while (true)
        {
            if (await command.ExecuteScalarAsync(cancellationToken) is string holder)
            {
                return OwnedBy(scene, holder);
            }

            // It is held for milliseconds only.
            await Task.Delay(_pause, scene.Clock, cancellationToken);
        }
    }

    private static RunningContainer OwnedBy(FaultScene scene, string owner) =>
        scene.Environment.Containers.FirstOrDefault(container => OwnerNames.IsOf(owner, container))
        ?? throw new FaultNotSeenException($"{owner} is no container that runs.");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
