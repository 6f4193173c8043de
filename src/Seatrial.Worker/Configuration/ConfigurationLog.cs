using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Configuration;

/// <summary>Writes what is wrong with a configuration, a line for each fault.</summary>
internal static partial class ConfigurationLog
{
    public static void Write(ILogger logger, IReadOnlyList<ConfigurationProblem> problems)
    {
        foreach (var problem in problems)
        {
            LogProblem(
                logger, problem.IsError ? LogLevel.Error : LogLevel.Warning, problem.Variable, problem.What,
                problem.Fix);
        }

        var errors = problems.Count(problem => problem.IsError);
        if (errors > 0)
        {
            LogInvalid(logger, errors);
        }
    }

    [LoggerMessage(Message = "{Variable} {What}  fix: {Fix}")]
    private static partial void LogProblem(ILogger logger, LogLevel level, string variable, string what, string fix);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The configuration has {Errors} errors; nothing was started.")]
    private static partial void LogInvalid(ILogger logger, int errors);
}
