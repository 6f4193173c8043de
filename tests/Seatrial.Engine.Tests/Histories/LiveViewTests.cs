using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

public sealed class LiveViewTests
{
    private readonly LiveView _view = new(["rpa1", "rpa2"]);

    [Fact]
    public async Task Nothing_is_concluded_from_half_a_transaction()
    {
        Apply("rpa1", EventKind.Enqueue, default);
        _view.Commit();
        var drained = _view.WaitUntilAsync(
            counts => counts.Drained, isUrgent: false, TestContext.Current.CancellationToken);

        Apply("rpa1", EventKind.Done, new RowState { Record = "1", Queue = "rpa1", Phase = Phase.Ready });
        _view.Evaluate();
        Assert.False(drained.IsCompleted);
        Assert.False(_view.WaitUntilAsync(
            counts => counts.Drained, isUrgent: false, TestContext.Current.CancellationToken).IsCompleted);

        Apply("rpa2", EventKind.Enqueue, default);
        _view.Commit();
        _view.Evaluate();
        Assert.False(drained.IsCompleted);

        Apply("rpa2", EventKind.Done, new RowState { Record = "1", Queue = "rpa2", Phase = Phase.Ready });
        _view.Commit();
        _view.Evaluate();
        Assert.True(await drained);
    }

    [Fact]
    public async Task Haste_ends_with_what_was_waited_for()
    {
        var drained = _view.WaitUntilAsync(
            counts => counts.Events > 1, isUrgent: false, TestContext.Current.CancellationToken);
        var came = _view.WaitUntilAsync(
            counts => counts.Events > 0, isUrgent: true, TestContext.Current.CancellationToken);
        Assert.True(_view.HasUrgentWaiters);

        Apply("rpa1", EventKind.Enqueue, default);
        _view.Commit();
        _view.Evaluate();

        Assert.True(await came);
        Assert.Equal((true, false, false), (_view.HasWaiters, _view.HasUrgentWaiters, drained.IsCompleted));
    }

    private void Apply(string queue, EventKind kind, RowState before) => _view.Apply(
        new HistoryEvent { Index = 0, CommitLsn = 1, Xid = 1, At = 1, Kind = kind, Queue = queue, Record = "1" },
        before);
}
