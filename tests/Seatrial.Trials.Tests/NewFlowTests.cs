using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>A newcomer's first minute: a flow of one's own, in a copy of what the repository has for it.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class NewFlowTests
{
    private static readonly string[] _parts =
    [
        "eng", "flows/rpa1", "src/Seatrial.Wire", "src/Seatrial.Worker", "systems/rpa/base", "systems/rpa/postgres",
    ];

    private static readonly string[] _files =
        ["flows/Directory.Build.props", "src/Directory.Build.props", "tests/Directory.Build.props"];

    [Fact]
    public async Task A_new_flow_builds_passes_its_tests_and_its_trial_and_is_never_written_over()
    {
        using var folder = new TrialFolder();
        CopyRepository(folder.Path);

        Assert.True(await folder.SeatrialAsync("new", "flow", "parcels") == (int)ExitCode.Pass, folder.Output);

        Assert.EndsWith("next:\n  ./seatrial trial systems/parcels\n  ./test parcels\n", folder.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "    <Project Path=\"tests/parcels.Tests/parcels.Tests.csproj\" />\n",
            File.ReadAllText(Path.Combine(folder.Path, "Seatrial.slnx")),
            StringComparison.Ordinal);
        await BuildAsync(folder.Path, "tests/parcels.Tests");
        await RunAsync(folder.Path, Path.Combine(folder.Path, "artifacts/bin/parcels.Tests/release/parcels.Tests"));
        var exit = await folder.SeatrialAsync("trial", "systems/parcels", "--out", folder.Run);
        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        var suite = (await folder.ResultAsync()).Suites[0];
        Assert.Equal((600, 600, 600), (suite.Queues[0].Enqueued, suite.Queues[0].Done, suite.Queues[0].Effects));
        Assert.True(Assert.Single(suite.Faults).Proven);

        Assert.Equal((int)ExitCode.Usage, await folder.SeatrialAsync("new", "flow", "parcels"));
        Assert.Contains("flows/parcels is there already", folder.Output, StringComparison.Ordinal);
    }

    private static void CopyRepository(string to)
    {
        var files = _parts
            .SelectMany(part => Directory.EnumerateFiles(Repository.PathOf(part), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Concat(_files.Select(Repository.PathOf));
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(Repository.Root, file);
            if (!name.StartsWith("systems/rpa/base/dotnet/", StringComparison.Ordinal)
                && !name.StartsWith("systems/rpa/base/worker/", StringComparison.Ordinal))
            {
                var target = Path.Combine(to, name);
                Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
                File.Copy(file, target);
            }
        }
    }

    private static Task BuildAsync(string folder, string project) => RunAsync(
        folder, "dotnet", "build", project, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false",
        "-p:UseSharedCompilation=false");

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var (exit, output) = await Programs.RunAsync(folder, program, arguments);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}:\n{output}");
    }
}
