namespace Seatrial.Engine.Drivers;

/// <summary>Commands in a running container.</summary>
public interface ICanExecute
{
    /// <summary>
    /// Runs a command to its end and returns its exit code. Cancelled, it is no longer listened to; the engine has no
    /// way to end it.
    /// </summary>
    /// <exception cref="SeatrialException">The container does not run, or the engine refuses.</exception>
    Task<int> ExecuteAsync(
        string id, ExecRequest request, ExecStreams streams, CancellationToken cancellationToken);
}

/// <summary>A command to run in a container.</summary>
public sealed record ExecRequest
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The container's own where null.</summary>
    public string? User { get; init; }

    /// <summary>The container's own where null.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Variables beside the container's, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public bool Privileged { get; init; }

    /// <summary>The size of the terminal that it gets; null without one.</summary>
    public TerminalSize? Terminal { get; init; }
}

/// <summary>A terminal's size in characters.</summary>
public sealed record TerminalSize(int Columns, int Rows);

/// <summary>
/// A command's streams; without input it reads an end at once. With a terminal all output comes in <see
/// cref="Output"/>.
/// </summary>
public sealed record ExecStreams(Stream? Input, Stream Output, Stream Error);
