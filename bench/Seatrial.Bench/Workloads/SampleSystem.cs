using Seatrial.Engine.Images;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Suites;
using Seatrial.Testing;

namespace Seatrial.Bench.Workloads;

/// <summary>The system under <c>systems/rpa</c>, in containers of its own until it is disposed of.</summary>
internal sealed class SampleSystem : IAsyncDisposable
{
    private readonly AutomatedTestFramework _framework;
    private readonly string _home;

    private SampleSystem(AutomatedTestFramework framework, string home, TestEnvironment environment) =>
        (_framework, _home, Environment) = (framework, home, environment);

    public TestEnvironment Environment { get; private set; }

    /// <param name="records">That a trial of it would put in.</param>
    public static async Task<SampleSystem> StartAsync(int records)
    {
        var (project, spec) = TestEngine.Rpa();
        var driver = await TestEngine.DriverAsync();
        var images = await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            project, spec.Images, progress: null, CancellationToken.None);
        var plan = TrialPlanner.Plan(
            project, spec, records, new TrialRequest { Records = records, Seed = 1, RunId = TestEngine.NewRunId() });
        var framework = new AutomatedTestFramework(driver, TimeProvider.System, new Progress<TrialProgress>());
        var home = Directory.CreateTempSubdirectory("seatrial-bench-").FullName;
        return new SampleSystem(framework, home, await framework.SetupTestEnvironmentAsync(
            plan, images.Services, RunFolder.Create(null, home, "first"), CancellationToken.None));
    }

    /// <summary>Empties its tables, and opens its log anew, into a folder of that name.</summary>
    public async Task RenewAsync(string name) => Environment = await _framework.RenewAsync(
        Environment, RunFolder.Create(null, _home, name), CancellationToken.None);

    /// <summary>From now on nobody reads its log.</summary>
    public async Task CloseLogAsync() => Environment = await AutomatedTestFramework.CloseLogAsync(Environment);

    public async ValueTask DisposeAsync()
    {
        await _framework.CleanupTestEnvironmentAsync(Environment);
        Directory.Delete(_home, recursive: true);
    }
}
