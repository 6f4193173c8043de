using Seatrial.Cli.Systems;
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
        var project = compose.Project ?? throw FileProblems.Faulty(compose.Problems);
        var (images, problems) = SpecReader.ReadImages(project, host.Environment);
        var all = compose.Problems.Concat(problems).ToList();
        FileProblems.Tell(images is null ? throw FileProblems.Faulty(all) : all, host);
        return new StandingFiles(project, images);
    }
}
