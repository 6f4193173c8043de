using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>TCP connections of a container, as <c>ss</c> names them: by both their ends.</summary>
internal static class Connections
{
    /// <summary>Those that are established with these addresses.</summary>
    public static Task<IReadOnlyList<string>> OpenAsync(
        ContainerHost host, IReadOnlyList<string> peers, CancellationToken cancellationToken) =>
        AskAsync("", host, peers, cancellationToken);

    /// <summary>Resets them, and returns which they were.</summary>
    public static Task<IReadOnlyList<string>> ResetAsync(
        ContainerHost host, IReadOnlyList<string> peers, CancellationToken cancellationToken) =>
        AskAsync("K", host, peers, cancellationToken);

    private static async Task<IReadOnlyList<string>> AskAsync(
        string kill, ContainerHost host, IReadOnlyList<string> peers, CancellationToken cancellationToken)
    {
        var filter = string.Join(" or ", peers.Select(peer => $"dst {peer}"));
        var lines = await HostScript.RunAsync(
            $"ss -tnH{kill} state established '( {filter} )'", host, cancellationToken);
        return [.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length >= 4)
            .Select(parts => $"{parts[2]} {parts[3]}")];
    }
}
