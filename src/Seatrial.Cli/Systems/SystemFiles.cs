using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.Systems;

/// <summary>The two files that describe a system, read and found to be in order.</summary>
internal sealed record SystemFiles(ComposeProject Project, SystemSpec Spec)
{
    /// <summary>Reads them and tells warnings; every error ends the command.</summary>
    /// <exception cref="SeatrialException">All that is wrong with them.</exception>
    public static SystemFiles Read(string system, ProgramHost host)
    {
        var compose = ComposeReader.Read(Path.GetFullPath(system, host.Directory), host.Environment);
        var project = compose.Project ?? throw FileProblems.Faulty(compose.Problems);
        var specification = SpecReader.Read(project, host.Environment);
        var problems = compose.Problems.Concat(specification.Problems).ToList();
        var spec = specification.Spec ?? throw FileProblems.Faulty(problems);
        FileProblems.Tell(problems, host);
        return new SystemFiles(project, spec);
    }
}
