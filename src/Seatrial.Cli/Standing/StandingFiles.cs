using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.Standing;

/// <summary>The files of a system that is to be brought up; <c>seatrial.yaml</c> may be missing.</summary>
internal sealed record StandingFiles(ComposeProject Project, ImageSpec Images)
{
    /// <summary>Reads them and tells warnings; every error ends the command.</summary>
    /// <exception cref="SeatrialException">All that is wrong with them.</exception>
    public static StandingFiles Read(ComposeRequest request, ProgramHost host)
    {
        var compose = ComposeReader.Read(request, host.Environment);
        var project = compose.Project ?? throw Faulty(compose.Problems);
        var (images, problems) = SpecReader.ReadImages(project, host.Environment);
        var all = compose.Problems.Concat(problems).ToList();
        foreach (var warning in images is null ? throw Faulty(all) : all)
        {
            host.Error.WriteLine(warning.ToString());
        }

        return new StandingFiles(project, images);
    }

    private static SeatrialException Faulty(IEnumerable<Problem> problems) =>
        new(ExitCode.Usage, [.. problems.OrderByDescending(problem => problem.Severity)]);
}
