namespace Seatrial.Engine;

/// <summary>
/// What a caller can't decide: the command ends, the problems are told, the exit code says of what kind they are.
/// </summary>
public sealed class SeatrialException(ExitCode exitCode, IReadOnlyList<Problem> problems, Exception? inner = null)
    : Exception(string.Join("\n\n", problems), inner)
{
    /// <summary>Ends with one problem.</summary>
    public SeatrialException(ExitCode exitCode, string what, string where, string fix)
        : this(exitCode, [new Problem { What = what, Where = where, Fix = fix }])
    {
    }

    /// <summary>The kind of failure.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>Every problem found, not the first.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
