using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Wire;

namespace Seatrial.Engine.Measurements;

/// <summary>What the Compose file tells workers of Seatrial's framework of what may be turned up.</summary>
/// <param name="Service">Whose they are.</param>
/// <param name="BatchSize">Records claimed at once; null where a file says it.</param>
/// <param name="PoolSize">The most connections to the queue; null where a file says it.</param>
public sealed record WorkerSettings(string Service, int? BatchSize, int? PoolSize)
{
    /// <summary>Of each service that is such a worker; another is not told by these variables.</summary>
    public static IReadOnlyList<WorkerSettings> Of(ComposeProject project) =>
    [
        .. project.Services.Values
            .Where(service => service.Environment.ContainsKey(ContainerVariables.FlowName))
            .Select(service => new WorkerSettings(
                service.Name,
                Read(service.Environment, ContainerVariables.BatchSize, ContainerDefaults.BatchSize),
                Read(service.Environment, ContainerVariables.QueuePoolSize, ContainerDefaults.PoolSize))),
    ];

    private static int? Read(IReadOnlyDictionary<string, string> environment, string name, int usual) =>
        environment.TryGetValue(name, out var text)
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null
            : environment.ContainsKey(name + ContainerVariables.FileSuffix)
                || environment.ContainsKey(ContainerVariables.ConfigFile) ? null : usual;
}
