using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>What bears Seatrial's label on an engine: of runs, kept or not, and of systems that stand.</summary>
/// <param name="Kind">Container, network or volume.</param>
/// <param name="Name">On the engine.</param>
/// <param name="Id">On the engine.</param>
/// <param name="Run">The run, or the project of a system that stands.</param>
/// <param name="IsRunning">Whether it is a container that runs.</param>
/// <param name="CreatedAt">By the engine's clock.</param>
/// <param name="IsOwned">Whether the program that answers for it lives.</param>
public sealed record Leftover(
    ResourceKind Kind,
    string Name,
    string Id,
    string Run,
    bool IsRunning,
    DateTimeOffset CreatedAt,
    bool IsOwned);

/// <summary>Finds and removes what Seatrial left on an engine.</summary>
public sealed class Leftovers(IContainerDriver driver)
{
    /// <summary>All that is there and old enough; what a living program answers for is not among it.</summary>
    /// <param name="age">The least age, by the engine's clock.</param>
    /// <param name="run">Of one run or project only; of all where null.</param>
    /// <param name="withRunning">Whether containers that run, and what they use, are among it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<Leftover>> FindAsync(
        TimeSpan age, string? run, bool withRunning, CancellationToken cancellationToken)
    {
        var containers = driver.Containers.ListAsync(RunLabels.Run, run, cancellationToken);
        var networks = driver.Networks.ListAsync(RunLabels.Run, run, cancellationToken);
        var volumes = driver.Volumes.ListAsync(RunLabels.Run, run, cancellationToken);
        var now = (await driver.Engine.DescribeAsync(cancellationToken)).Clock;
        List<Leftover> all =
        [
            .. (await containers).Select(one => new Leftover(
                ResourceKind.Container, one.Name, one.Id, one.Labels[RunLabels.Run], one.Running, one.CreatedAt,
                IsOwned(one.Labels))),
            .. (await networks).Select(one => Of(ResourceKind.Network, one)),
            .. (await volumes).Select(one => Of(ResourceKind.Volume, one)),
        ];
        var busy = all.Where(one => one.IsOwned || one.IsRunning && !withRunning).Select(one => one.Run).ToHashSet();
        return [.. all.Where(one => !busy.Contains(one.Run) && now - one.CreatedAt >= age)];
    }

    /// <summary>Removes them, and returns what could not be removed.</summary>
    public async Task<IReadOnlyList<Problem>> RemoveAsync(
        IReadOnlyList<Leftover> leftovers, CancellationToken cancellationToken)
    {
        var remover = new RunRemover(driver);
        await Task.WhenAll(Of(ResourceKind.Container).Select(one =>
            remover.ContainerAsync(one.Id, one.Name, TimeSpan.Zero, cancellationToken)));
        await Task.WhenAll(
            remover.NetworksAsync(Of(ResourceKind.Network).Select(Summary), cancellationToken),
            remover.VolumesAsync(Of(ResourceKind.Volume).Select(Summary), cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return remover.Problems;

        IEnumerable<Leftover> Of(ResourceKind kind) => leftovers.Where(one => one.Kind == kind);
    }

    private static ObjectSummary Summary(Leftover one) =>
        new(one.Id, one.Name, one.CreatedAt, new Dictionary<string, string>());

    private static Leftover Of(ResourceKind kind, ObjectSummary one) => new(
        kind, one.Name, one.Id, one.Labels[RunLabels.Run], IsRunning: false, one.CreatedAt, IsOwned(one.Labels));

    // What is kept belongs to nobody, whoever made it.
    private static bool IsOwned(IReadOnlyDictionary<string, string> labels) =>
        !labels.ContainsKey(RunLabels.Keep)
        && RunOwner.Parse(labels.GetValueOrDefault(RunLabels.Owner)) is { } owner
        && owner.SharesHost(RunOwner.Current)
        && owner.IsAlive();
}
