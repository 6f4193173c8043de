using Seatrial.Engine;

namespace Seatrial.Cli.Systems;

/// <summary>What is wrong with a system's files, told as every command tells it.</summary>
internal static class FileProblems
{
    /// <summary>Warnings go to the user; nothing is thrown for them.</summary>
    public static void Tell(IEnumerable<Problem> warnings, ProgramHost host)
    {
        foreach (var warning in warnings)
        {
            host.Error.WriteLine(warning.ToString());
        }
    }

    /// <summary>Ends a command: errors first.</summary>
    public static SeatrialException Faulty(IEnumerable<Problem> problems) =>
        new(ExitCode.Usage, [.. problems.OrderByDescending(problem => problem.Severity)]);
}
