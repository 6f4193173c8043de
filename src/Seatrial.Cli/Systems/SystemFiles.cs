using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Systems;

/// <summary>The two files that describe a system, read and found to be in order.</summary>
internal sealed record SystemFiles(ComposeProject Project, SystemSpec Spec)
{
    /// <summary>Reads them and tells warnings; every error ends the command.</summary>
    /// <exception cref="SeatrialException">All that is wrong with them.</exception>
    public static SystemFiles Read(string system, ProgramHost host, IReadOnlyList<string>? profiles = null)
    {
        var compose = ComposeReader.Read(
            new ComposeRequest { Path = Path.GetFullPath(system, host.Directory), Profiles = profiles ?? [] },
            host.Environment);
        var project = compose.Project ?? throw FileProblems.Faulty(compose.Problems);
        var specification = SpecReader.Read(project, host.Environment);
        var problems = compose.Problems.Concat(specification.Problems).ToList();
        var spec = specification.Spec ?? throw FileProblems.Faulty(problems);
        FileProblems.Tell(problems, host);
        return new SystemFiles(project, spec);
    }

    /// <summary>Without a least share for each worker: for parts of a command that look at shares, or have them change.
    /// </summary>
    public SystemFiles WithoutShares() => this with
    {
        Spec = Spec with { Distributed = Spec.Distributed with { LeastShare = 0 } },
    };

    /// <summary>The service that <c>--service</c> names.</summary>
    /// <exception cref="SeatrialException">There is none of that name.</exception>
    public ComposeService Service(string name) => Project.Services.TryGetValue(name, out var service)
        ? service
        : throw new SeatrialException(
            ExitCode.Usage,
            $"{Project.Name} has no service {name}.",
            "command line: --service",
            Suggestions.DidYouMean(name, Project.Services.Keys)
                + $"There are: {string.Join(", ", Project.Services.Keys)}.");
}
