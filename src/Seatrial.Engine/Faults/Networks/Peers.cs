using System.Net;
using System.Net.Sockets;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Whom a container is cut off from: addresses as they are now, not as they were at the start.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Addresses">IPv4.</param>
/// <param name="Port">Where somebody listens there, as far as is known.</param>
internal sealed record Peers(string Name, IReadOnlyList<string> Addresses, int Port)
{
    /// <summary>Where nobody listens: an answer comes all the same.</summary>
    private const int Discard = 9;

    /// <summary>
    /// The service that <c>from</c> names, else the database; what is not named is, for the database itself, all
    /// others.
    /// </summary>
    /// <exception cref="FaultNotSeenException">There are none.</exception>
    public static async Task<Peers> OfAsync(
        FaultScene scene, FaultOrder order, CancellationToken cancellationToken)
    {
        var service = order.Spec.From ?? (scene.IsDatabase(order.Target) ? null : scene.Database?.Service);
        var others = scene.Environment.Containers
            .Where(one => one.Id != order.Target.Id && (service is null || one.Service == service))
            .ToList();
        if (others.Count == 0)
        {
            throw new FaultNotSeenException($"There is no {service ?? "other container"} to be cut off from.");
        }

        // Another fault may have them down at the moment.
        var addresses = await scene.UntilAsync(
            async () => await AddressesAsync(scene, others, cancellationToken) is { Count: > 0 } found ? found : null,
            cancellationToken);
        var port = service is not null && service == scene.Database?.Service ? scene.Database.Port : Discard;
        return new Peers(service ?? "all others", addresses, port);
    }

    private static async Task<List<string>> AddressesAsync(
        FaultScene scene, IReadOnlyList<RunningContainer> containers, CancellationToken cancellationToken)
    {
        var addresses = new List<string>();
        foreach (var container in containers)
        {
            var state = await scene.Driver.Containers.InspectAsync(container.Id, cancellationToken);
            addresses.AddRange((state?.Addresses.Values ?? []).Where(address =>
                IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetwork));
        }

        return [.. addresses.Distinct()];
    }
}
