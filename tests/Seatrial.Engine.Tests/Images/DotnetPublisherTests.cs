using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

/// <summary>
/// One after the other with all that write a program and start it: a fork in between would hold it
/// open.
/// </summary>
[Collection(nameof(ChildProcess))]
public sealed class DotnetPublisherTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
        </Project>
        """;

    private const int MostMilliseconds = 60_000;
    private const char Zombie = 'Z';
    private const char Dead = 'X';

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly ImageSystem _system = new();

    [Fact]
    public async Task A_project_is_published_again_only_when_it_changed_and_mistakes_are_told()
    {
        _system.Write("app/app.csproj", Project);
        var code = _system.Write("app/Program.cs", "System.Environment.ExitCode = 0;");
        _system.WithPublish("app/app.csproj", "out", runtime: null);

        Assert.Equal(["it was never published here"], await EnsureAsync());
        Assert.True(File.Exists(_system.PathOf("out/app.dll")));
        Assert.False(Directory.Exists(_system.PathOf("app/obj")));
        Assert.Empty(await EnsureAsync());

        File.Delete(_system.PathOf("out/app.dll"));
        Assert.Equal(["in its output out/app.dll is gone"], await EnsureAsync());

        File.WriteAllText(code, "nonsense");
        var exception = await Assert.ThrowsAsync<SeatrialException>(EnsureAsync);
        Assert.Equal(ExitCode.Usage, exception.ExitCode);
        Assert.Contains(exception.Problems[0].Output, line => line.Contains("Program.cs(1,", StringComparison.Ordinal));
    }

    [Fact(Timeout = MostMilliseconds)]
    public async Task A_cancelled_publish_ends_with_the_program_that_it_runs()
    {
        using var source = new CancellationTokenSource();
        var sleeping = new ChildProcess
        {
            Program = "sh",
            Arguments = ["-c", "echo $$; exec sleep 600"],
            WorkingFolder = "/",
        };
        var id = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping.RunAsync(
            line =>
            {
                id = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                source.Cancel();
            },
            source.Token));

        Assert.True(id > 0);
        while (HostProcesses.StateOf(id) is not (null or Zombie or Dead))
        {
            await Task.Delay(_betweenLooks, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_unavailable()
    {
        var nobody = new ChildProcess { Program = "/nobody", Arguments = [], WorkingFolder = "/" };

        var exception = await Assert.ThrowsAsync<SeatrialException>(
            () => nobody.RunAsync(_ => { }, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Unavailable, exception.ExitCode);
    }

    [Fact]
    public void A_runtime_is_copied_with_its_host_and_both_frameworks_and_nothing_else()
    {
        var runtime = DotnetRuntime.OfThisProcess();

        runtime.CopyTo(_system.PathOf("dotnet"));

        Assert.Equal(["dotnet", "host", "shared"], Names("dotnet"));
        Assert.Single(Names("dotnet/host/fxr"));
        Assert.Equal(["Microsoft.AspNetCore.App", "Microsoft.NETCore.App"], Names("dotnet/shared"));
        Assert.Equal([runtime.Version], Names("dotnet/shared/Microsoft.NETCore.App"));
    }

    public void Dispose() => _system.Dispose();

    private async Task<IReadOnlyList<string>> EnsureAsync()
    {
        var store = new ImageStore(_system.PathOf(".seatrial"), TimeProvider.System);
        var step = new PublishStep(store, store.LoadHashes(), DotnetRuntime.OfThisProcess(), _system.Folder, compiler: null);
        var decision = Assert.Single(step.Decide(_system.Spec.Publish));
        if (decision.Reasons.Count > 0)
        {
            await step.PublishAsync(decision, _ => { }, TestContext.Current.CancellationToken);
        }

        return decision.Reasons;
    }

    private IEnumerable<string?> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(_system.PathOf(folder))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal);
}
