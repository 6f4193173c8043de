using Microsoft.Extensions.Time.Testing;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class WakeUpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_signal_before_the_wait_is_not_lost()
    {
        var wakeUp = new WakeUp(new FakeTimeProvider());
        wakeUp.Signal();

        await wakeUp.WaitAsync(Hour, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_signals_wake_once()
    {
        var wakeUp = new WakeUp(new FakeTimeProvider());
        wakeUp.Signal();
        wakeUp.Signal();
        await wakeUp.WaitAsync(Hour, TestContext.Current.CancellationToken);

        Assert.False(wakeUp.WaitAsync(Hour, TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Without_a_signal_the_wait_ends_with_its_time()
    {
        var time = new FakeTimeProvider();
        var waiting = new WakeUp(time).WaitAsync(Hour, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        time.Advance(Hour);
        await waiting;
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new WakeUp(new FakeTimeProvider()).WaitAsync(Hour, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
