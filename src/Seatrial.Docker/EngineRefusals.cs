using System.Text.RegularExpressions;
using Seatrial.Engine;

namespace Seatrial.Docker;

/// <summary>
/// The engine's refusals that users meet, put so that they can be acted on; the wording is of 20.10 to 29.
/// </summary>
internal static partial class EngineRefusals
{
    /// <summary>Null for a message that is none of them. <paramref name="what"/> was being done.</summary>
    public static Problem? Of(string message, string what)
    {
        if (PortOf(message) is { } port)
        {
            return New(
                $"Host port {port} is in use.",
                what,
                $"Free it (see: ss -ltnp 'sport = :{port}'), or publish another one.");
        }

        if (MissingImage().Match(message) is { Success: true } image)
        {
            return New(
                $"The engine has no image {image.Groups[1]}.",
                what,
                $"Build it (seatrial build), or fetch it (docker pull {image.Groups[1]}).");
        }

        if (NameInUse().Match(message) is { Success: true } name)
        {
            return New(
                $"The container name {name.Groups[1]} is in use by container {name.Groups[2].Value[..12]}.",
                what,
                $"Remove that one (docker rm --force {name.Groups[1]}), or remove container_name from the file.");
        }

        if (MissingNetwork().Match(message) is { Success: true } network)
        {
            return New(
                $"The engine has no network {network.Groups[1]}.",
                what,
                $"Make it: docker network create {network.Groups[1]}");
        }

        if (MissingSource().Match(message) is { Success: true } source)
        {
            return New(
                $"The path {source.Groups[1]} is not on the engine's host.",
                what,
                "Make it, or correct the volume's source.");
        }

        return MissingProgram().Match(message) is { Success: true } program
            ? New(
                $"The image can't run {program.Groups[1]}: {program.Groups[2]}.",
                what,
                "Correct command or entrypoint of the service.")
            : Exhausted(message, what);
    }

    /// <summary>The host port that could not be had, if that is what the message says.</summary>
    public static int? PortOf(string message) =>
        PortInUse().Match(message) is { Success: true } match ? int.Parse(match.Groups[1].Value) : null;

    private static Problem? Exhausted(string message, string what)
    {
        if (message.Contains("no space left on device", StringComparison.Ordinal))
        {
            return New(
                "The disk of the engine is full.",
                what,
                "Make room: seatrial prune, seatrial images prune, docker system df shows what else there is.");
        }

        return NoAddresses().IsMatch(message)
            ? New(
                "The engine has no more address ranges for networks.",
                what,
                "Remove unused networks (docker network prune), or give the engine more default-address-pools.")
            : null;
    }

    private static Problem New(string sentence, string what, string fix) =>
        new() { What = sentence, Where = what, Fix = fix };

    [GeneratedRegex(@":(\d+)(?:/\w+)?(?: failed)?: (?:port is already allocated|(?:bind: )?address already in use)")]
    private static partial Regex PortInUse();

    [GeneratedRegex("No such image: (.+)")]
    private static partial Regex MissingImage();

    [GeneratedRegex("container name \"/([^\"]+)\" is already in use by container \"?([0-9a-f]{12,})")]
    private static partial Regex NameInUse();

    [GeneratedRegex(@"network (\S+) not found|Could not find network (\S+)")]
    private static partial Regex MissingNetwork();

    [GeneratedRegex("bind source path does not exist: (.+)")]
    private static partial Regex MissingSource();

    [GeneratedRegex("non-overlapping IPv4 address pool|predefined address pools have been fully subnetted")]
    private static partial Regex NoAddresses();

    [GeneratedRegex("exec: \"([^\"]+)\": (?:stat [^:]+: )?([^:]+?)(?:: unknown)?$", RegexOptions.Multiline)]
    private static partial Regex MissingProgram();
}
