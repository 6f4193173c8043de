using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Standing;

/// <summary>The ability to stop containers that stay.</summary>
internal static class Stopping
{
    /// <exception cref="SeatrialException">The driver does not have it.</exception>
    public static ICanStop Of(IContainerDriver driver) => driver.Containers as ICanStop ?? throw new SeatrialException(
        ExitCode.Unavailable, "This engine can't stop containers without removing them.", "engine",
        "Take the system down: seatrial down");
}
