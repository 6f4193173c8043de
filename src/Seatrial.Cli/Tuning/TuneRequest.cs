using Seatrial.Engine;

namespace Seatrial.Cli.Tuning;

/// <summary>A system whose proposals are to be tried.</summary>
internal sealed record TuneRequest(string System, int Rounds)
{
    public int? Records { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public string Command => $"./seatrial tune {System} --rounds {Rounds}"
        + (Records is { } records ? $" --records {records}" : "");

    /// <exception cref="SeatrialException">It can't be done.</exception>
    public void Check()
    {
        if (Rounds < 1)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"{Rounds} rounds tell nothing.",
                "command line: seatrial tune",
                "Give --rounds 1 or more.");
        }
    }
}
