using System.Globalization;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>What there is of a project on an engine, running or not.</summary>
public sealed record StandingProject
{
    public required string Name { get; init; }

    /// <summary>By service and number.</summary>
    public required IReadOnlyList<StandingContainer> Containers { get; init; }

    public required IReadOnlyList<ObjectSummary> Networks { get; init; }

    public required IReadOnlyList<ObjectSummary> Volumes { get; init; }

    /// <summary>Looks at the engine.</summary>
    /// <exception cref="SeatrialException">Another tool has containers of a project of this name there.</exception>
    public static async Task<StandingProject> ObserveAsync(
        IContainerDriver driver, string name, CancellationToken cancellationToken)
    {
        var networks = driver.Networks.ListAsync(RunLabels.Project, name, cancellationToken);
        var volumes = driver.Volumes.ListAsync(RunLabels.Project, name, cancellationToken);
        var listed = await driver.Containers.ListAsync(RunLabels.Project, name, cancellationToken);
        if (listed.FirstOrDefault(container => !container.Labels.ContainsKey(RunLabels.Run)) is { } foreign)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                $"Another tool runs a project named {name}: container {foreign.Name} is not Seatrial's.",
                $"engine, label {RunLabels.Project}={name}",
                $"Take it down with what started it (docker compose -p {name} down), or give this one another name: "
                    + "--project-name.");
        }

        var states = await Task.WhenAll(listed.Select(async container =>
            await driver.Containers.InspectAsync(container.Id, cancellationToken) is { } state
                ? new StandingContainer(
                    container.Labels.GetValueOrDefault(RunLabels.Service, ""), NumberOf(container.Labels), state)
                : null));
        return new StandingProject
        {
            Name = name,
            Containers =
            [
                .. states
                    .OfType<StandingContainer>()
                    .OrderBy(container => container.Service, StringComparer.Ordinal)
                    .ThenBy(container => container.Number),
            ],
            Networks = await networks,
            Volumes = await volumes,
        };
    }

    private static int NumberOf(IReadOnlyDictionary<string, string> labels) =>
        int.TryParse(labels.GetValueOrDefault(RunLabels.Number), CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}

/// <summary>A container of a standing project.</summary>
public sealed record StandingContainer(string Service, int Number, ContainerState State)
{
    /// <summary>Service and number.</summary>
    public string ShortName => string.Create(CultureInfo.InvariantCulture, $"{Service}-{Number}");

    /// <summary>It was frozen by somebody.</summary>
    public bool IsPaused => State.Paused;
}
