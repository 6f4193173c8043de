using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>
/// The worker with each of the planted bugs: a patch over a copy of its sources, all compiled in one build, and laid
/// over the images of the flows, which stay as they are.
/// </summary>
public sealed class BrokenWorkers : IDisposable
{
    private const string Worker = "src/Seatrial.Worker/Seatrial.Worker.csproj";

    /// <summary>One after the other: two at a time in one compiler take twice as long.</summary>
    private static readonly string[] _quick =
    [
        "-c", "Release", "--nologo", "-v", "quiet", "-m:1", "-nodeReuse:false", "-p:RunAnalyzers=false",
        "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", "-p:ProduceReferenceAssembly=false",
        .. Environment.GetEnvironmentVariable("SEATRIAL_COMPILER") is { Length: > 0 } server
            ? ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={server}"]
            : Array.Empty<string>(),
    ];

    private static readonly string[] _flows = ["rpa1", "rpa2", "rpa3"];

    private readonly TrialFolder _folder = new();
    private Task? _build;

    /// <summary>The bugs for which there is a patch.</summary>
    public static IReadOnlyList<string> Patches { get; } =
    [
        .. Directory.GetFiles(Repository.PathOf("tests/Seatrial.Trials.Tests/Broken"), "*.patch")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a system of broken workers into <paramref name="folder"/> and returns its path.</summary>
    public async Task<string> WriteSystemAsync(TrialFolder folder, BrokenWorkerCase broken)
    {
        await (_build ??= BuildAsync());
        foreach (var flow in _flows)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "system", flow));
            File.Copy(AssemblyOf(broken.Bug), Path.Combine(folder.Path, "system", flow, "Seatrial.Worker.dll"));
        }

        return WriteSystem(folder, broken, broken.Bug, "COPY Seatrial.Worker.dll /app/\n");
    }

    /// <summary>The same system with the workers as they are.</summary>
    public static string WriteHealthySystem(TrialFolder folder, BrokenWorkerCase broken) =>
        WriteSystem(folder, broken, $"healthy-{broken.Bug}", "");

    private static string WriteSystem(TrialFolder folder, BrokenWorkerCase broken, string name, string layer)
    {
        var system = new SampleSystem(name).Workload($"drain_within: {broken.DrainWithin}");
        if (broken.Suites is not null)
        {
            system.Suites(broken.Suites);
        }

        foreach (var (text, instead) in broken.Changes)
        {
            system.Replace(text, instead);
        }

        foreach (var flow in _flows)
        {
            folder.Write($"system/{flow}/Dockerfile", $"FROM seatrial/{flow}\n{broken.Image}{layer}");
            foreach (var file in broken.Beside)
            {
                folder.Write($"system/{flow}/{Path.GetFileName(file)}", File.ReadAllText(Repository.PathOf(file)));
            }

            system.Replace(
                $"    image: seatrial/{flow}\n",
                $"    image: seatrial-test/{name}-{flow}\n    build: {flow}\n");
        }

        return system.WriteTo(folder);
    }

    private async Task BuildAsync()
    {
        // The broken layer goes over the flows' images as they are.
        Assert.True(await _folder.SeatrialAsync("build", TrialFolder.Rpa) == 0, _folder.Output);
        var healthy = Path.Combine(_folder.Path, "healthy");
        CopySources(healthy);
        await RunAsync(healthy, "dotnet", ["build", Worker, .. _quick]);
        foreach (var bug in Patches)
        {
            var patch = Repository.PathOf($"tests/Seatrial.Trials.Tests/Broken/{bug}.patch");
            await RunAsync(_folder.Path, "cp", "-r", "healthy", bug);
            await RunAsync(
                Path.Combine(_folder.Path, bug),
                "patch", "-p1", "--fuzz=0", "--no-backup-if-mismatch", "--input", patch);
        }

        _folder.Write("all.proj", $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="{string.Join(';', Patches.Select(bug => $"{bug}/{Worker}"))}" BuildInParallel="true"
                         Properties="BuildProjectReferences=false" />
              </Target>
            </Project>
            """);
        await RunAsync(_folder.Path, "dotnet", ["build", "all.proj", "--no-restore", .. _quick]);
    }

    private string AssemblyOf(string bug) => Path.Combine(
        _folder.Path, bug, "artifacts", "bin", "Seatrial.Worker", "release", "Seatrial.Worker.dll");

    private static void CopySources(string copy)
    {
        string[] projects = ["src/Seatrial.Worker", "src/Seatrial.Wire", "eng"];
        var files = projects
            .SelectMany(project => Directory.EnumerateFiles(
                Repository.PathOf(project), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Append(Repository.PathOf("src/Directory.Build.props"));
        foreach (var file in files)
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? copy);
            File.Copy(file, target);
        }
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var (exit, output) = await Programs.RunAsync(folder, program, arguments);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}:\n{output}");
    }
}
