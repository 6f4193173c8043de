using Npgsql;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites;

/// <summary>A trial from a plan to a verdict: the environment up, the suite run, the environment down, the history
/// judged.</summary>
public sealed class AutomatedTestFramework(
    IContainerDriver driver, TimeProvider clock, IProgress<TrialProgress> progress)
{
    /// <summary>
    /// Brings the system up until all is healthy, and begins to record its log. What fails on the way leaves nothing on
    /// the engine.
    /// </summary>
    /// <exception cref="SeatrialException">What did not come up, or why the log can't be the judge.</exception>
    public async Task<TestEnvironment> SetupTestEnvironmentAsync(
        TrialPlan plan, IReadOnlyDictionary<string, ImageUse> images, RunFolder folder,
            CancellationToken cancellationToken)
    {
        var options = new EnvironmentOptions
        {
            RunId = plan.Request.RunId,
            Replicas = plan.Replicas,
            Images = images.ToDictionary(image => image.Key, image => image.Value.Id),
            Keep = plan.Request.Keep,
            Diagnosis = System.IO.Path.Combine(folder.Path, "diagnosis"),
        };
        var containers = await new EnvironmentRunner(driver, clock).StartAsync(
            EnvironmentPlans.Plan(plan.Project, options), progress: null, cancellationToken);
        try
        {
            var address = await DatabaseAddress.FindAsync(
                containers, driver, plan.Spec.Database, cancellationToken);
            var log = await RecordAsync(plan, containers, address, folder, cancellationToken);
            foreach (var warning in log.Warnings)
            {
                progress.Report(new TrialProgress.Note(warning.ToString()));
            }

            return new TestEnvironment
            {
                Plan = plan,
                Driver = driver,
                Containers = containers,
                Database = NpgsqlDataSource.Create(address),
                Administration = new DatabaseAccess(plan.Spec.Database.Service, plan.Spec.Database.Port, address),
                Log = log,
                Folder = folder,
            };
        }
        catch
        {
            await containers.TearDownAsync(TearDown.Fast);
            throw;
        }
    }

    /// <summary>Runs one suite; see <see cref="ContainerTestSuite"/>.</summary>
    public Task<TrialOutcome> RunTestSuiteAsync(
        TestEnvironment environment, string suite, CancellationToken cancellationToken) => suite switch
        {
            ContainerTestSuite.Distributed =>
                new ContainerTestSuite(
                    progress, clock).RunDistributedProcessingTestsAsync(environment, cancellationToken),
            ContainerTestSuite.Faults =>
                new ContainerTestSuite(progress, clock).RunFaultToleranceTestsAsync(environment, cancellationToken),
            ContainerTestSuite.Performance =>
                new ContainerTestSuite(progress, clock).RunPerformanceTestsAsync(environment, cancellationToken),
            ContainerTestSuite.Integration =>
                new ContainerTestSuite(progress, clock).RunIntegrationTestsAsync(environment, cancellationToken),
            _ => throw new SeatrialException(
                ExitCode.Usage,
                $"There is no suite {suite}.",
                "--suite",
                $"Name one of {string.Join(", ", ContainerTestSuite.Names)}."),
        };

    /// <summary>
    /// Ends the recording, keeps every container's output in the run's folder, and takes the environment down unless it
    /// is to be kept. Returns the containers that there were; what could not be removed is told.
    /// </summary>
    public async Task<IReadOnlyList<ContainerRecord>> CleanupTestEnvironmentAsync(TestEnvironment environment)
    {
        // An interrupted trial is cleaned up like any other.
        var untilDone = CancellationToken.None;
        if (!environment.IsLogClosed)
        {
            await environment.Log.StopAsync(untilDone);
        }

        var containers = await ContainerOutputs.KeepAsync(environment, untilDone);
        await environment.Log.DisposeAsync();
        await environment.Database.DisposeAsync();
        if (!environment.Plan.Request.Keep)
        {
            foreach (var problem in await environment.Containers.TearDownAsync(TearDown.Fast))
            {
                progress.Report(new TrialProgress.Note(problem.ToString()));
            }
        }

        await environment.Containers.DisposeAsync();
        return containers;
    }

    /// <summary>Judges what is in a run's folder; the same folder always gives the same result.</summary>
    public static Task<RunResult> GenerateTestReportsAsync(RunFolder folder, CancellationToken cancellationToken) =>
        TestValidator.GenerateTestReportAsync(folder, cancellationToken);

    /// <summary>Ends an environment's recording: what is in its folder can be judged.</summary>
    internal static async Task<TestEnvironment> CloseLogAsync(TestEnvironment environment)
    {
        if (!environment.IsLogClosed)
        {
            await environment.Log.StopAsync(CancellationToken.None);
        }

        return environment with { IsLogClosed = true };
    }

    /// <summary>
    /// Empties the tables of a drained environment and begins a new history of it in another folder, so that its
    /// containers can be tried again.
    /// </summary>
    /// <exception cref="SeatrialException">The tables can't be emptied, or the log can't be the judge.</exception>
    internal async Task<TestEnvironment> RenewAsync(
        TestEnvironment environment, RunFolder folder, CancellationToken cancellationToken)
    {
        var closed = await CloseLogAsync(environment);
        await RecordTables.EmptyAsync(closed.Database, closed.Plan.Spec.Mapping, cancellationToken);
        var log = await RecordAsync(
            closed.Plan, closed.Containers, closed.Administration.ConnectionString, folder, cancellationToken);
        await closed.Log.DisposeAsync();
        return closed with { Log = log, Folder = folder, IsLogClosed = false };
    }

    private Task<WalRecorder> RecordAsync(
        TrialPlan plan, RunningEnvironment containers, string address, RunFolder folder,
        CancellationToken cancellationToken) =>
        WalRecorder.StartAsync(
            new WalRecorderOptions
            {
                ConnectionString = address,

                // While a container is being replaced there is none.
                Container = async token =>
                    containers.Containers.FirstOrDefault(one => one.Service == plan.Spec.Database.Service) is { } server
                        ? await driver.Containers.InspectAsync(server.Id, token) : null,
                Mapping = plan.Spec.Mapping,
                Folder = folder.Path,
                Slot = "seatrial_" + plan.Request.RunId.Replace('-', '_'),
                Clock = clock,
            },
            cancellationToken);
}
