using System.Runtime.InteropServices;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>Runs <c>dotnet publish</c>.</summary>
/// <param name="runtime">Whose SDK it is.</param>
/// <param name="artifacts">Where intermediate files go: apart from other builds, which may run at the same
/// time.</param>
internal sealed class DotnetPublisher(DotnetRuntime runtime, string artifacts)
{
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",

        // Nothing that this program starts may outlive it.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
    };

    private static string Platform => "linux-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>
    /// The command line behind <c>dotnet</c>; the project that brings the runtime is compiled ahead of time.
    /// </summary>
    public IReadOnlyList<string> Arguments(PublishSpec spec) =>
    [
        "publish", spec.Project,
        "--configuration", "Release",
        "--output", spec.Output,
        "--verbosity", "quiet",
        "--nologo",
        "--artifacts-path", artifacts,
        "-p:UseSharedCompilation=false",

        // Analyzers have their say in the project's own build; here they would cost more than all the rest.
        "-p:RunAnalyzers=false",
        .. spec.Runtime is null
            ? (IEnumerable<string>)[]
            : ["--runtime", Platform, "--no-self-contained", "-p:PublishReadyToRun=true"],
    ];

    /// <summary>Publishes; a compiler's errors end up in the exception.</summary>
    public async Task PublishAsync(PublishSpec spec, Action<string> output, CancellationToken cancellationToken)
    {
        var outcome = await new ChildProcess
        {
            Program = runtime.Muxer,
            Arguments = Arguments(spec),
            WorkingFolder = Path.GetDirectoryName(spec.Project) ?? "/",
            Environment = _environment,
        }.RunAsync(output, cancellationToken);
        if (outcome.ExitCode is not 0)
        {
            throw new SeatrialException(ExitCode.Usage, [new Problem
            {
                What = $"dotnet publish of {Path.GetFileName(spec.Project)} failed with exit code {outcome.ExitCode}.",
                Where = spec.Project,
                Fix = "mend what the output names, then run the command again.",
                Output = outcome.Output,
            }]);
        }
    }
}
