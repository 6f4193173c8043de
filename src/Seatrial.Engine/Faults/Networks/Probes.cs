using System.Globalization;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Traffic of our own from inside a container's network, so that a quiet one shows a fault too.</summary>
internal static class Probes
{
    // A query for the root's name servers: every server has an answer, if only a refusal.
    private const string Query = @"\x53\x54\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x01";

    /// <summary>Whether somebody answers at an address within a second, if only with a refusal.</summary>
    public static async Task<bool> AnswersAsync(
        ContainerHost host, string address, int port, CancellationToken cancellationToken)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{address}/{port}");

        // 124 is timeout's own: whoever is refused was answered.
        var (_, lines) = await HostScript.TryAsync(
            $"code=0; timeout 0.5 bash -c 'exec 3<>/dev/tcp/{text}' 2>/dev/null || code=$?; echo $code",
            host, cancellationToken);
        return lines is not [.., "124"];
    }

    /// <summary>Whether a connection comes about.</summary>
    public static async Task<bool> ConnectsAsync(
        ContainerHost host, string address, int port, CancellationToken cancellationToken)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{address}/{port}");
        return (await HostScript.TryAsync(
            $"timeout 1 bash -c 'exec 3<>/dev/tcp/{text}' 2>/dev/null", host, cancellationToken)).Succeeded;
    }

    /// <summary>Whether a name server answers a query.</summary>
    public static async Task<bool> ResolvesAsync(
        ContainerHost host, string server, CancellationToken cancellationToken) => (await HostScript.TryAsync(
            $"timeout 2 bash -c 'exec 3<>/dev/udp/{server}/53; printf \"{Query}\" >&3; "
            + "test $(head -c 3 <&3 2>/dev/null | wc -c) = 3' 2>/dev/null",
            host, cancellationToken)).Succeeded;
}
