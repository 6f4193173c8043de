using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Standing;

/// <summary>
/// The words after a command: which system is meant, and which of its services. The first word is the system where it
/// is a Compose file or a folder with one; else the system is the folder that the command runs in.
/// </summary>
internal sealed record SystemWords(string System, IReadOnlyList<string> Services)
{
    public static SystemWords Of(IReadOnlyList<string> words, ProgramHost host) =>
        words is [var first, ..] && ComposeFiles.IsSystem(Path.GetFullPath(first, host.Directory))
            ? new SystemWords(first, [.. words.Skip(1)])
            : new SystemWords(".", words);

    /// <summary>The services that were named, or all.</summary>
    /// <exception cref="SeatrialException">One of them is not there.</exception>
    public IReadOnlyList<string> ServicesOf(ComposeProject project)
    {
        var problems = Services.Where(service => !project.Services.ContainsKey(service)).Select(service => new Problem
        {
            What = $"There is no service '{service}'.",
            Where = project.File,
            Fix = Suggestions.DidYouMean(service, project.Services.Keys)
                + $"There are: {string.Join(", ", project.Services.Keys)}.",
        }).ToList();
        return problems.Count > 0
            ? throw new SeatrialException(ExitCode.Usage, problems)
            : Services.Count > 0 ? Services : [.. project.Services.Keys];
    }
}
