namespace Seatrial.Engine.Environments;

/// <summary>The networks and volumes of an environment.</summary>
internal static class EnvironmentResources
{
    /// <summary>
    /// Creates those of the plan. Not cut in the middle: the engine would finish what nobody then knows of.
    /// </summary>
    public static Task CreateAsync(EnvironmentSession session)
    {
        return Task.WhenAll(
        [
            .. session.Plan.Networks.Select(network => OneAsync(ResourceKind.Network, network.Name, () =>
                session.Driver.Networks.CreateAsync(network, CancellationToken.None))),
            .. session.Plan.Volumes.Select(volume => OneAsync(ResourceKind.Volume, volume.Name, () =>
                session.Driver.Volumes.CreateAsync(volume, CancellationToken.None))),
        ]);

        async Task OneAsync(ResourceKind kind, string name, Func<Task> create)
        {
            session.Report(kind, name, ResourceState.Creating);
            await create();
            session.Report(kind, name, ResourceState.Created);
        }
    }
}
