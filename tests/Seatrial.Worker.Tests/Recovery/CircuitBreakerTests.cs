using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Recovery;

public sealed class CircuitBreakerTests : IDisposable
{
    private static readonly RetryConfig Retry =
        new() { FirstDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(60) };

    private readonly FakeTimeProvider _time = new();
    private readonly LogWatch _log = new();
    private readonly CircuitBreakers _breakers;
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests()
    {
        _breakers = new CircuitBreakers(_time, _log);
        _breaker = _breakers.Busy("QUEUE", Retry);
    }

    [Fact]
    public async Task Opens_after_a_few_failures_probes_once_and_closes_when_that_succeeds()
    {
        Assert.Equal((CircuitBreaker.Closed, HealthStatus.Healthy), (_breaker.State, _breakers.Check().Status));
        await FailAsync(3);

        Assert.Equal((CircuitBreaker.Open, HealthStatus.Degraded), (_breaker.State, _breakers.Check().Status));
        Assert.Equal("open: away", _breakers.Check().Details["QUEUE"]);
        var refusal = await Assert.ThrowsAsync<CircuitOpenException>(() => AskAsync(() => Task.FromResult(1)));
        Assert.InRange(refusal.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(2));
        var answer = new TaskCompletionSource<int>();
        var probe = AskAsync(() => answer.Task);
        Assert.Equal(CircuitBreaker.HalfOpen, _breaker.State);
        await Assert.ThrowsAsync<CircuitOpenException>(() => AskAsync(() => Task.FromResult(1)));
        answer.SetResult(7);

        Assert.Equal(7, await probe);
        Assert.Equal(CircuitBreaker.Closed, _breaker.State);
        Assert.Equal(1, _breaker.Openings);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task Waits_longer_after_each_probe_that_fails_and_tells_it_once()
    {
        await FailAsync(3);
        var waits = new List<double>();
        for (var probe = 0; probe < 4; probe++)
        {
            var refusal = await Assert.ThrowsAsync<CircuitOpenException>(() => AskAsync(() => Task.FromResult(1)));
            waits.Add(refusal.RetryAfter.TotalSeconds);
            _time.Advance(refusal.RetryAfter);
            await FailAsync(1);
        }

        Assert.Collection(
            waits, one => Assert.InRange(one, 1, 2), two => Assert.InRange(two, 2, 4),
            three => Assert.InRange(three, 4, 8), four => Assert.InRange(four, 8, 16));
        Assert.Equal(5, _breaker.Openings);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task An_answer_that_was_seen_elsewhere_closes_it_and_lets_those_who_wait_go_on()
    {
        await FailAsync(3);
        var waiting = _breaker.WaitAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await _breaker.NoteAsync(null);

        await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(CircuitBreaker.Closed, _breaker.State);
    }

    [Fact]
    public async Task What_one_statement_did_wrong_does_not_count()
    {
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<PostgresException>(() => AskAsync(() => throw new PostgresException(
                "duplicate key", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)));
            await Assert.ThrowsAsync<PostgresException>(() => AskAsync(() => throw new PostgresException(
                "deadlock", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected)));
        }

        Assert.Equal(CircuitBreaker.Closed, _breaker.State);
    }

    [Fact]
    public async Task While_the_database_is_away_one_attempt_at_a_time_asks_it()
    {
        await FailAsync(3);
        var retry = new DatabaseRetry(Retry, _breaker, _log);
        var (running, most, asked, isAway) = (0, 0, 0, true);
        var all = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => retry.RunAsync(
            "ask",
            async cancellationToken =>
            {
                if (!isAway)
                {
                    return 1;
                }

                Interlocked.Increment(ref asked);
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                throw new TimeoutException("away");
            },
            TestContext.Current.CancellationToken)));
        // On a busy machine the attempts lag behind the clock.
        for (var second = 0; second < 60 || Volatile.Read(ref most) == 0; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(1, most);
        Assert.InRange(asked, 1, 20);
        isAway = false;
        while (!all.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(20, (await all).Sum());
    }

    public void Dispose() => _log.Dispose();

    private Task<int> AskAsync(Func<Task<int>> attempt) =>
        _breaker.RunAsync(_ => attempt(), TestContext.Current.CancellationToken);

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(() => throw new TimeoutException("away")));
        }
    }
}
