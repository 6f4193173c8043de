using Seatrial.Engine.Chaos;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Chaos;

/// <summary>What the command line asked of chaos.</summary>
internal sealed record ChaosOptions
{
    public required string System { get; init; }

    public required ChaosRequest Request { get; init; }

    /// <summary>A schedule's file; null where one is to be drawn.</summary>
    public required string? Replay { get; init; }

    public required TimeSpan ShrinkWithin { get; init; }

    public required string? Out { get; init; }

    public required bool Keep { get; init; }

    /// <summary>The command line that repeats the run.</summary>
    public string Command => Replay is { } file
        ? $"./seatrial chaos {System} --replay {file}"
        : $"./seatrial chaos {System} --seed {Request.Seed} --for {Durations.Format(Request.For)} "
            + $"--intensity {Request.Intensity.ToString().ToLowerInvariant()}";
}
