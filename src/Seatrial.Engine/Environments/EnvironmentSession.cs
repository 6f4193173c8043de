using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// What all parts of one environment share: its plan, its engine, its events, its clock, its watcher.
/// </summary>
internal sealed class EnvironmentSession : IAsyncDisposable
{
    private readonly IProgress<EnvironmentEvent>? _progress;
    private readonly long _began;
    private readonly CancellationTokenSource _end = new();
    private Task _pump = Task.CompletedTask;

    private EnvironmentSession(
        IContainerDriver driver, EnvironmentPlan plan, TimeProvider clock, IProgress<EnvironmentEvent>? progress)
    {
        (Driver, Plan, Clock, _progress) = (driver, plan, clock, progress);
        _began = clock.GetTimestamp();
    }

    public IContainerDriver Driver { get; }

    public EnvironmentPlan Plan { get; }

    public TimeProvider Clock { get; }

    public EventLog Events { get; } = new();

    public TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    /// <summary>Subscribes to the run's events before anything of it exists.</summary>
    public static async Task<EnvironmentSession> OpenAsync(
        IContainerDriver driver,
        EnvironmentPlan plan,
        TimeProvider clock,
        IProgress<EnvironmentEvent>? progress,
        CancellationToken cancellationToken)
    {
        var session = new EnvironmentSession(driver, plan, clock, progress);
        var engine = await driver.Engine.DescribeAsync(cancellationToken);
        session._pump = session.PumpAsync(engine.Clock);
        return session;
    }

    public void Report(ResourceKind kind, string name, ResourceState state, string? detail = null) =>
        _progress?.Report(new EnvironmentEvent(kind, name, state, Elapsed, detail));

    public void Report(PlannedContainer container, ResourceState state, string? detail = null) =>
        Report(ResourceKind.Container, $"{container.Service}-{container.Number}", state, detail);

    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        await _pump;
        _end.Dispose();
    }

    private async Task PumpAsync(DateTimeOffset since)
    {
        try
        {
            await foreach (var told in Driver.Engine.WatchAsync(RunLabels.Run, Plan.RunId, since, _end.Token))
            {
                Events.Append(told);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
        finally
        {
            Events.Complete();
        }
    }
}
