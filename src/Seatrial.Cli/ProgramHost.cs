namespace Seatrial.Cli;

/// <summary>Everything outside that a command touches, so that tests run commands in process.</summary>
public sealed record ProgramHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal that can redraw.</summary>
    public required bool Interactive { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 120;

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths on the command line start from.</summary>
    public required string Directory { get; init; }

    public required TimeProvider Clock { get; init; }
}
