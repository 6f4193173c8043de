using Seatrial.Engine.Images;

namespace Seatrial.Engine.Faults.Hosts;

/// <summary>A few commands of this host, run in one shell that stops at the first which fails.</summary>
internal static class HostScript
{
    /// <summary>Runs them, in a container's network where one is given; returns what they wrote.</summary>
    /// <exception cref="FaultNotSeenException">One failed; with what it wrote.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string script, ContainerHost? network, CancellationToken cancellationToken)
    {
        var (succeeded, lines) = await TryAsync(script, network, cancellationToken);
        return succeeded
            ? lines
            : throw new FaultNotSeenException(lines.Count > 0 ? $"The host refused: {lines[^1]}" : "The host refused.");
    }

    /// <summary>The same, where failing is an answer.</summary>
    public static async Task<(bool Succeeded, IReadOnlyList<string> Lines)> TryAsync(
        string script, ContainerHost? network, CancellationToken cancellationToken)
    {
        string[] inside = network is null
            ? [] : [$"--net=/proc/{network.ProcessId}/ns/net", "--", "bash", "-ec", script];
        var lines = new List<string>();
        var outcome = await new ChildProcess
        {
            Program = network is null ? "bash" : "nsenter",
            Arguments = network is null ? ["-ec", script] : inside,
            WorkingFolder = "/",
        }.RunAsync(lines.Add, cancellationToken);
        return (outcome.ExitCode is 0, lines);
    }
}
