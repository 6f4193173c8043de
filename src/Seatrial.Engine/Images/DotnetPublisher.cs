using System.Runtime.InteropServices;
using System.Text.Json;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>Runs <c>dotnet publish</c>.</summary>
/// <param name="runtime">Whose SDK it is.</param>
/// <param name="artifacts">Where intermediate files go: apart from other builds, which may run at the same
/// time.</param>
internal sealed class DotnetPublisher(DotnetRuntime runtime, string artifacts)
{
    private const string Command = "CscCommandLineArgs";
    private const string CompilerFolder = "RoslynTargetsPath";

    /// <summary>Of every program of the SDK that runs from here.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
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

        // Analyzers have their say in the project's own build; here they would cost more than all the rest.
        "-p:RunAnalyzers=false",
        .. spec.Runtime is null
            ? (IEnumerable<string>)[]
            : ["--runtime", Platform, "--no-self-contained", "-p:PublishReadyToRun=true"],
    ];

    /// <summary>
    /// Publishes; a compiler's errors end up in the exception. Returns how the compiler was called: null where
    /// <paramref name="server"/> is, under whose name it then stays, or where it had nothing to do.
    /// </summary>
    public async Task<CompilerCall?> PublishAsync(
        PublishSpec spec, string? server, Action<string> output, CancellationToken cancellationToken)
    {
        var asked = new MemoryStream();
        var process = new ChildProcess
        {
            Program = runtime.Muxer,
            Arguments = [.. Arguments(spec), .. CompilerArguments(server)],
            WorkingFolder = Path.GetDirectoryName(spec.Project) ?? "/",
            Environment = Environment,
        };
        var outcome = server is null
            ? await process.RunAsync(output, cancellationToken)
            : await process.RunAsync(stream => stream.CopyToAsync(asked, cancellationToken), output, cancellationToken);
        if (outcome.ExitCode is not 0)
        {
            throw Failed(spec, $"dotnet publish of {Path.GetFileName(spec.Project)}", outcome);
        }

        return server is null ? null : CallIn(asked.ToArray());
    }

    /// <summary>What the sources' author has to be told.</summary>
    public static SeatrialException Failed(PublishSpec spec, string what, ChildOutcome outcome) =>
        new(ExitCode.Usage, [new Problem
        {
            What = $"{what} failed with exit code {outcome.ExitCode}.",
            Where = spec.Project,
            Fix = "mend what the output names, then run the command again.",
            Output = outcome.Output,
        }]);

    /// <summary>They change how it runs, not what it gives.</summary>
    private static IReadOnlyList<string> CompilerArguments(string? server) => server is null
        ? ["-p:UseSharedCompilation=false"]
        :
        [
            "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={server}",
            "-p:ProvideCommandLineArgs=true", $"-getItem:{Command}", $"-getProperty:{CompilerFolder}",
        ];

    private static CompilerCall? CallIn(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var folder = document.RootElement.GetProperty("Properties").GetProperty(CompilerFolder).GetString();
            string[] arguments =
            [
                .. document.RootElement.GetProperty("Items").GetProperty(Command).EnumerateArray()
                    .Select(item => item.GetProperty("Identity").GetString() ?? ""),
            ];
            return folder is { Length: > 0 } && arguments.Length > 0 ? new CompilerCall(folder, arguments) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            // Another SDK, which tells it otherwise: each change is then published in full.
            return null;
        }
    }
}
