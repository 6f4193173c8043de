using System.Runtime.CompilerServices;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>An environment that is up; disposing of it takes it down, unless the user asked to keep it.</summary>
public sealed class RunningEnvironment : IAsyncDisposable
{
    private readonly EnvironmentSession _session;
    private readonly Membership _members;
    private int _isDown;

    internal RunningEnvironment(EnvironmentSession session, IReadOnlyList<EnvironmentMember> members)
    {
        _session = session;
        _members = new Membership(members);
        StartedWithin = session.Elapsed;
    }

    public EnvironmentPlan Plan => _session.Plan;

    /// <summary>From the first call to the last container's readiness.</summary>
    public TimeSpan StartedWithin { get; }

    /// <summary>
    /// Those that run for the environment's length, in the plan's order; replaced ones are no longer among them.
    /// </summary>
    public IReadOnlyList<RunningContainer> Containers =>
        [.. _members.All.Where(member => member.IsCurrent).Select(member => member.Container)];

    /// <summary>
    /// By the first digits of its id, which are its host name; replaced ones too. Null when there is none, or more than
    /// one.
    /// </summary>
    public RunningContainer? Find(string idPrefix) =>
        idPrefix.Length > 0 && WithPrefix(idPrefix) is [var only] ? only.Container : null;

    /// <summary>
    /// Every event of the run's containers from the start on, and those to come; ends by cancellation.
    /// </summary>
    public IAsyncEnumerable<EngineEvent> WatchAsync(CancellationToken cancellationToken) =>
        _session.Events.ReadAsync(cancellationToken);

    /// <summary>
    /// Removes a container, dead or alive, and puts a new one from the same plan in its place, which is healthy when
    /// this ends. The old one's output is kept.
    /// </summary>
    /// <exception cref="SeatrialException">The new one does not come up; its remains go at the end.</exception>
    public async Task<Replacement> ReplaceAsync(RunningContainer container, CancellationToken cancellationToken)
    {
        var member = _members.Leave(container);
        var output = await OutputAsync(member, cancellationToken);
        _members.Keep(member, output);
        await _session.Driver.Containers.RemoveAsync(container.Id, TimeSpan.Zero, cancellationToken);
        var started = await ContainerStarts.UpAsync(
            _session, [member.Planned], Task.CompletedTask, cancellationToken);
        var successor = started[0].Container with { Generation = container.Generation + 1 };
        _members.Add(started[0] with { Container = successor });
        return new Replacement(new ContainerOutput(container, output), successor);
    }

    /// <summary>
    /// The whole output of every container that there was, one at a time: those that were replaced too.
    /// </summary>
    public async IAsyncEnumerable<ContainerOutput> OutputsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var member in _members.All)
        {
            yield return new ContainerOutput(
                member.Container, member.KeptOutput ?? await OutputAsync(member, cancellationToken));
        }
    }

    /// <summary>
    /// Removes everything, kept or not, and returns what could not be removed. Not to be cancelled, but bounded.
    /// </summary>
    public async Task<IReadOnlyList<Problem>> TearDownAsync(TearDown how)
    {
        if (Interlocked.Exchange(ref _isDown, 1) is 1)
        {
            return [];
        }

        var problems = await TearDowns.RunAsync(_session, how);
        await _session.DisposeAsync();
        return problems;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Plan.Keep)
        {
            await TearDownAsync(TearDown.Fast);
        }
        else if (Interlocked.Exchange(ref _isDown, 1) is 0)
        {
            await _session.DisposeAsync();
        }
    }

    private List<EnvironmentMember> WithPrefix(string id) =>
        [.. _members.All.Where(member => member.Container.Id.StartsWith(id, StringComparison.Ordinal))];

    private async Task<IReadOnlyList<string>> OutputAsync(
        EnvironmentMember member, CancellationToken cancellationToken) =>
        _session.Driver.Containers is ICanReadLogs logs
            ? await logs.LogsAsync(member.Container.Id, tail: null, cancellationToken)
            : [];
}
