using Seatrial.Engine;

namespace Seatrial.Docker;

/// <summary>Where the engine listens.</summary>
internal static class DockerEndpoint
{
    private static readonly Uri _default = new("unix:///var/run/docker.sock");

    /// <summary>From the value of <c>DOCKER_HOST</c>; null or empty is the usual socket.</summary>
    public static Uri From(string? dockerHost)
    {
        if (string.IsNullOrWhiteSpace(dockerHost))
        {
            return _default;
        }

        return Uri.TryCreate(dockerHost, UriKind.Absolute, out var uri)
            && uri.Scheme is "unix" or "tcp" or "http" or "npipe"
            ? uri
            : throw new SeatrialException(
                ExitCode.Unavailable,
                $"DOCKER_HOST ({dockerHost}) is not an address that Seatrial can reach an engine at.",
                "environment variable DOCKER_HOST",
                "Set it to unix:///path/to/docker.sock or tcp://host:port (for ssh, forward the remote socket: "
                + "ssh -NL /tmp/docker.sock:/var/run/docker.sock HOST), or unset it.");
    }
}
