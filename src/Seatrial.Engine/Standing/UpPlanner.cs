using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>Decides what an <c>up</c> does, and does nothing itself.</summary>
public static class UpPlanner
{
    /// <summary>
    /// A pure function: <paramref name="wanted"/> is what the file says of the services that were chosen, <paramref
    /// name="declared"/> every service that it has.
    /// </summary>
    /// <exception cref="SeatrialException">A volume would have to be made anew, and its content lost.</exception>
    public static UpPlan Plan(
        EnvironmentPlan wanted,
        IReadOnlyCollection<string> declared,
        IReadOnlyCollection<string> chosen,
        StandingProject seen,
        UpOptions options)
    {
        var changedNetworks = wanted.Networks.Where(network => IsChanged(network, seen)).ToList();
        RefuseChangedVolumes(wanted, seen);
        var containers = wanted.Containers
            .Select(container => Decide(container, Existing(container, seen), changedNetworks, options))
            .ToList();
        IReadOnlyList<PlannedContainer> planned = [.. containers.Select(container => container.Planned)];
        var waves = UpdateSteps.Of(planned);
        var leaving = Leaving(wanted, declared, chosen, seen, options).ToList();
        var leavingNetworks = seen.Networks
            .Where(network => changedNetworks.Any(changed => changed.Name == network.Name)).ToList();
        if (changedNetworks.Count > 0)
        {
            leaving.AddRange(containers
                .Where(container => container.Step.Action is UpAction.Replace)
                .Select(container => Existing(container.Planned, seen))
                .OfType<StandingContainer>()
                .Select(container => (container, "its network is made anew")));
        }

        var networks = wanted.Networks
            .Where(network => changedNetworks.Contains(network) || !IsThere(network.Name, seen.Networks)).ToList();
        var volumes = wanted.Volumes.Where(volume => !IsThere(volume.Name, seen.Volumes)).ToList();
        return new UpPlan
        {
            Environment = wanted with
            {
                Networks = networks,
                Volumes = volumes,
                Containers = [.. planned.Select(one => Left(one, leaving))],
                StartLimit = wanted.StartLimit + UpdateSteps.Time(planned),
            },
            Steps =
            [
                .. leaving
                    .Where(one => !containers.Any(container => Existing(container.Planned, seen) == one.Container))
                    .Select(one => new UpStep(
                        UpAction.Remove, ResourceKind.Container, one.Container.ShortName, one.Cause, [])),
                .. wanted.Networks.Select(network => NetworkStep(network, networks, changedNetworks)),
                .. wanted.Volumes.Select(volume => VolumeStep(volume, isThere: !volumes.Contains(volume))),
                .. containers.Select(one => one.Step with { Wave = waves.GetValueOrDefault(one.Planned) }),
            ],
            Leaving = [.. leaving.Select(one => one.Container)],
            LeavingNetworks = leavingNetworks,
        };
    }

    /// <summary>Where the old one goes first, nobody takes its place.</summary>
    private static PlannedContainer Left(
        PlannedContainer planned, List<(StandingContainer Container, string Cause)> leaving) =>
        leaving.Exists(one => one.Container.State.Id == planned.Existing?.Id)
            ? planned with { Existing = null }
            : planned;

    private static UpStep VolumeStep(VolumeRequest volume, bool isThere) => new(
        isThere ? UpAction.Keep : UpAction.Create,
        ResourceKind.Volume,
        volume.Name,
        isThere ? "there" : "not there yet",
        []);

    private static UpStep NetworkStep(
        NetworkRequest network, List<NetworkRequest> created, List<NetworkRequest> changed)
    {
        var (action, cause) = changed.Contains(network) ? (UpAction.Replace, "its declaration changed")
            : created.Contains(network) ? (UpAction.Create, "not there yet")
            : (UpAction.Keep, "there");
        return new UpStep(action, ResourceKind.Network, network.Name, cause, []);
    }

    private static bool IsThere(string name, IReadOnlyList<ObjectSummary> objects) =>
        objects.Any(one => one.Name == name);

    private static bool IsChanged(NetworkRequest network, StandingProject seen) => seen.Networks.Any(one =>
        one.Name == network.Name && Differs(one.Labels, network.Labels));

    private static bool Differs(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> young) =>
        old.GetValueOrDefault(RunLabels.ConfigurationHash) != young.GetValueOrDefault(RunLabels.ConfigurationHash);

    private static void RefuseChangedVolumes(EnvironmentPlan wanted, StandingProject seen)
    {
        var problems = wanted.Volumes
            .Where(volume => seen.Volumes.Any(one => one.Name == volume.Name && Differs(one.Labels, volume.Labels)))
            .Select(volume => new Problem
            {
                What = $"Volume {volume.Name} was made from another declaration.",
                Where = $"engine, label {RunLabels.Project}={seen.Name}",
                Why = "It would have to be made anew, and its content would be lost.",
                Fix = "Declare it as it was, or remove it with its content: seatrial down --volumes",
            })
            .ToList();
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }
    }

    /// <summary>A replacement that was cut short leaves two: the one with the name is the newer one.</summary>
    private static StandingContainer? Existing(PlannedContainer planned, StandingProject seen) => seen.Containers
        .Where(one => one.Service == planned.Service && one.Number == planned.Number)
        .MaxBy(one => one.State.Name == planned.Name);

    private static (PlannedContainer Planned, UpStep Step) Decide(
        PlannedContainer planned,
        StandingContainer? existing,
        List<NetworkRequest> changedNetworks,
        UpOptions options)
    {
        var (action, cause) = existing is null
            ? (UpAction.Create, "not there yet")
            : ActionOf(planned, existing, changedNetworks, options);
        var step = new UpStep(
            action,
            ResourceKind.Container,
            $"{planned.Service}-{planned.Number}",
            cause,
            action is UpAction.Keep ? [] : [.. planned.Gates.Select(Gate)]);
        ExistingUse? use = action switch
        {
            UpAction.Keep => ExistingUse.Keep,
            UpAction.Start when existing is { IsPaused: true } => ExistingUse.Unpause,
            UpAction.Start => ExistingUse.Start,
            UpAction.Replace => ExistingUse.Replace,
            _ => null,
        };
        if (existing is null || use is null)
        {
            return (planned, step);
        }

        var there = new ExistingContainer(existing.State.Id, use.Value) { IsRunning = existing.State.Running };
        return (planned with { Existing = there }, step);
    }

    private static string Gate(ComposeDependency gate) => gate.Condition switch
    {
        DependencyCondition.Healthy => $"{gate.Service} healthy",
        DependencyCondition.CompletedSuccessfully => $"{gate.Service} completed",
        _ => $"{gate.Service} started",
    };

    private static (UpAction Action, string Cause) ActionOf(
        PlannedContainer planned, StandingContainer existing, List<NetworkRequest> changedNetworks, UpOptions options)
    {
        var state = existing.State;
        if (options.NoRecreate)
        {
            return Running(planned, state);
        }

        if (options.ForceRecreate)
        {
            return (UpAction.Replace, "asked for");
        }

        if (state.Name != planned.Name)
        {
            return (UpAction.Replace, "its replacement was cut short");
        }

        if (Differs(state.Labels, planned.Request.Labels))
        {
            var parts = ConfigurationParts.Changed(
                state.Labels.GetValueOrDefault(RunLabels.Parts, ""), planned.Request.Labels[RunLabels.Parts]);
            return (
                UpAction.Replace,
                parts.Count is 0 ? "its declaration changed" : $"changed: {string.Join(", ", parts)}");
        }

        if (state.Image != planned.Request.Image)
        {
            return (UpAction.Replace, "its image changed");
        }

        var moved = changedNetworks.FirstOrDefault(network => planned.Request.Networks.ContainsKey(network.Name));
        return moved is null ? Running(planned, state) : (UpAction.Replace, $"network {moved.Name} is made anew");
    }

    private static (UpAction Action, string Cause) Running(
        PlannedContainer planned, ContainerState state) => state switch
        {
            { Paused: true } => (UpAction.Start, "it is paused"),
            { Running: true } => (UpAction.Keep, "nothing changed"),
            { ExitCode: 0 } when planned.IsJob => (UpAction.Keep, "it has completed"),
            _ => (UpAction.Start, $"it ended with exit code {state.ExitCode}"),
        };

    private static IEnumerable<(StandingContainer Container, string Cause)> Leaving(
        EnvironmentPlan wanted,
        IReadOnlyCollection<string> declared,
        IReadOnlyCollection<string> chosen,
        StandingProject seen,
        UpOptions options)
    {
        foreach (var container in seen.Containers)
        {
            if (!declared.Contains(container.Service))
            {
                if (!options.KeepOrphans)
                {
                    yield return (container, $"the file has no service {container.Service} any more");
                }
            }
            else if (chosen.Contains(container.Service)
                && !wanted.Containers.Any(one => one.Service == container.Service && one.Number == container.Number))
            {
                var count = wanted.Containers.Count(one => one.Service == container.Service);
                yield return (container, $"{container.Service} has {count} now");
            }
            else if (wanted.Containers.FirstOrDefault(one =>
                one.Service == container.Service && one.Number == container.Number) is { } planned
                && Existing(planned, seen) != container)
            {
                yield return (container, "another has its place: a replacement was cut short");
            }
        }
    }
}
