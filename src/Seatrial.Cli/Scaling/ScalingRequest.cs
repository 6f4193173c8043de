using Seatrial.Engine;
using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Scaling;

/// <summary>A service of a system that is to run with different numbers of workers.</summary>
internal sealed record ScalingRequest(string System, string Service, IReadOnlyList<int> Workers, int Rounds)
{
    private const string Where = "command line: seatrial scaling";

    public int? Records { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public string Command => $"./seatrial scaling {System} --service {Service} --workers {string.Join(',', Workers)} "
        + $"--rounds {Rounds}" + (Records is { } records ? $" --records {records}" : "");

    /// <exception cref="SeatrialException">It can't be done.</exception>
    public void Check(ComposeService service)
    {
        if (Rounds < 1)
        {
            throw new SeatrialException(
                ExitCode.Usage, $"{Rounds} rounds tell nothing.", Where, "Give --rounds 1 or more.");
        }

        if (service.ContainerName is not null)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"{Service} has a container_name, so there can be one only.",
                Where,
                "Take container_name out of its service.");
        }
    }
}
