using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>
/// The sample system with one planted bug: a patch over a copy of the worker's sources, built, and laid over the images
/// of the flows, which stay as they are.
/// </summary>
internal static class BrokenWorker
{
    private static readonly string[] _flows = ["rpa1", "rpa2", "rpa3"];

    /// <summary>Writes the broken system into <paramref name="folder"/> and returns its path. The flows' images must be
    /// there.</summary>
    public static async Task<string> WriteSystemAsync(TrialFolder folder, string bug, string? suites = null)
    {
        var assembly = await BuildAsync(folder, bug);
        var system = new SampleSystem(bug);
        if (suites is not null)
        {
            system.Suites(suites);
        }

        foreach (var flow in _flows)
        {
            folder.Write($"system/{flow}/Dockerfile", $"FROM seatrial/{flow}\nCOPY Seatrial.Worker.dll /app/\n");
            File.Copy(assembly, Path.Combine(folder.Path, "system", flow, "Seatrial.Worker.dll"));
            system.Replace(
                $"    image: seatrial/{flow}\n",
                $"    image: seatrial-test/{bug}-{flow}\n    build: {flow}\n");
        }

        return system.WriteTo(folder);
    }

    private static async Task<string> BuildAsync(TrialFolder folder, string bug)
    {
        var copy = Path.Combine(folder.Path, "sources");
        foreach (var file in SourceFiles())
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? copy);
            File.Copy(file, target);
        }

        var patch = Path.Combine(Repository.Root, "tests", "Seatrial.Trials.Tests", "Broken", $"{bug}.patch");
        await RunAsync(copy, "patch", "-p1", "--fuzz=0", "--input", patch);
        await RunAsync(copy, "dotnet", "build", "src/Seatrial.Worker", "-c", "Release", "--nologo", "-v", "quiet");
        return Path.Combine(copy, "artifacts", "bin", "Seatrial.Worker", "release", "Seatrial.Worker.dll");
    }

    private static IEnumerable<string> SourceFiles()
    {
        string[] projects = ["src/Seatrial.Worker", "src/Seatrial.Wire", "eng"];
        return projects
            .SelectMany(project => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Append(Path.Combine(Repository.Root, "src", "Directory.Build.props"));
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var (exit, output) = await Programs.RunAsync(folder, program, arguments);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}:\n{output}");
    }
}
