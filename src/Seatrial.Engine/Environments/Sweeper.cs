using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>What a sweep took away.</summary>
public sealed record SweepResult(
    IReadOnlyList<string> Runs, int Containers, int Networks, int Volumes, IReadOnlyList<Problem> Problems)
{
    /// <summary>One line; empty when there was nothing.</summary>
    public override string ToString() => Containers + Networks + Volumes is 0
        ? ""
        : $"swept {Containers} containers, {Networks} networks and {Volumes} volumes of {string.Join(", ", Runs)}, "
            + "whose program is gone";
}

/// <summary>Removes what runs left behind whose program was killed.</summary>
public static class Sweeper
{
    /// <summary>
    /// Whether a program on another host lives can't be seen from here; after this long it is taken for dead.
    /// </summary>
    private static readonly TimeSpan _foreignAge = TimeSpan.FromHours(24);

    /// <summary>
    /// Removes them; what is not labelled, kept, of a living process, or a young one of another host is left alone.
    /// </summary>
    public static async Task<SweepResult> SweepAsync(
        IContainerDriver driver, RunOwner self, CancellationToken cancellationToken)
    {
        var containers = driver.Containers.ListAsync(RunLabels.Run, null, cancellationToken);
        var networks = driver.Networks.ListAsync(RunLabels.Run, null, cancellationToken);
        var volumes = driver.Volumes.ListAsync(RunLabels.Run, null, cancellationToken);
        await Task.WhenAll(containers, networks, volumes);
        List<Labelled> objects =
        [
            .. (await containers).Select(container => new Labelled(container.Labels, container.CreatedAt)),
            .. (await networks).Concat(await volumes).Select(item => new Labelled(item.Labels, item.CreatedAt)),
        ];
        if (objects.Count is 0)
        {
            return new SweepResult([], 0, 0, 0, []);
        }

        var now = (await driver.Engine.DescribeAsync(cancellationToken)).Clock;
        var runs = objects
            .GroupBy(item => item.Labels[RunLabels.Run])
            .Where(run => run.All(item => IsAbandoned(item, self, now)))
            .Select(run => run.Key)
            .ToHashSet();
        bool IsSwept(IReadOnlyDictionary<string, string> labels) => runs.Contains(labels[RunLabels.Run]);
        var remover = new RunRemover(driver);
        var goneContainers = await Task.WhenAll((await containers).Where(container => IsSwept(container.Labels)).Select(
            container => remover.ContainerAsync(container.Id, container.Name, TimeSpan.Zero, cancellationToken)));
        var goneNetworks = await remover.NetworksAsync(
            (await networks).Where(item => IsSwept(item.Labels)), cancellationToken);
        var goneVolumes = await remover.VolumesAsync(
            (await volumes).Where(item => IsSwept(item.Labels)), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new SweepResult(
            [.. runs.Order()], goneContainers.Count(isGone => isGone), goneNetworks, goneVolumes, remover.Problems);
    }

    private static bool IsAbandoned(Labelled item, RunOwner self, DateTimeOffset now) =>
        !item.Labels.ContainsKey(RunLabels.Keep)
        && (RunOwner.Parse(item.Labels.GetValueOrDefault(RunLabels.Owner)) is { } owner && owner.SharesHost(self)
            ? !owner.IsAlive()
            : now - item.CreatedAt > _foreignAge);

    private sealed record Labelled(IReadOnlyDictionary<string, string> Labels, DateTimeOffset CreatedAt);
}
