using System.Globalization;
using Docker.DotNet;
using Seatrial.Engine;

namespace Seatrial.Docker;

/// <summary>
/// An engine that drops the connection while it takes in a build's context, as it does when its disk is full.
/// </summary>
internal static class BrokenBuilds
{
    private const long Least = 1 << 20;

    /// <summary>Null where the engine does not answer at all any more.</summary>
    public static async Task<Problem?> OfAsync(
        DockerClient client, string image, long contextLength, string cause, CancellationToken cancellationToken)
    {
        try
        {
            var root = (await client.System.GetSystemInfoAsync(cancellationToken)).DockerRootDir;
            return Of(image, contextLength, cause, root, FreeIn(root));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DockerApiException)
        {
            return null;
        }
    }

    /// <param name="image">What was to be built.</param>
    /// <param name="contextLength">In bytes.</param>
    /// <param name="cause">As the connection tells it.</param>
    /// <param name="root">Where the engine keeps its data.</param>
    /// <param name="free">How many bytes there are left; null where that is not seen from here.</param>
    public static Problem Of(string image, long contextLength, string cause, string root, long? free)
    {
        var isFull = free < Math.Max(Least, contextLength);
        return new Problem
        {
            What = isFull
                ? "The disk of the engine is full."
                : $"The engine broke off the build of {image} while it took in the context.",
            Where = $"the build of {image} ({root})",
            Why = free is { } bytes
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bytes / 1e6:0.0} MB are left there, and the context has {contextLength / 1e6:0.0} MB ({cause})")
                : cause,
            Fix = isFull
                ? "Make room: docker builder prune (which also takes what this build left), seatrial images prune, "
                    + "docker system prune."
                : "Look at the engine's log (journalctl -u docker); a full disk does that: docker system df.",
        };
    }

    private static long? FreeIn(string root) =>
        Directory.Exists(root) ? new DriveInfo(root).AvailableFreeSpace : null;
}
