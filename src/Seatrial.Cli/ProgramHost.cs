using Seatrial.Engine.Drivers;

namespace Seatrial.Cli;

/// <summary>Everything outside that a command touches, so that tests run commands in process.</summary>
public sealed record ProgramHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>
    /// Input, output and errors as bytes, for commands in containers; without input where tests run commands.
    /// </summary>
    public ExecStreams Streams { get; init; } = new(Input: null, Stream.Null, Stream.Null);

    /// <summary>Whether <see cref="Out"/> is a terminal that can redraw.</summary>
    public required bool Interactive { get; init; }

    /// <summary>Whether input comes from a terminal.</summary>
    public bool HasKeyboard { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Lines of the terminal.</summary>
    public int Height { get; init; } = 25;

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths on the command line start from.</summary>
    public required string Directory { get; init; }

    public required TimeProvider Clock { get; init; }
}
