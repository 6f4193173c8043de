using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Health;

namespace Seatrial.Worker.Recovery;

/// <summary>One for each dependency, whoever asks it.</summary>
internal sealed class CircuitBreakers(TimeProvider time, ILogger logger)
{
    // What is asked at the pace of a few requests a second, or less.
    private static readonly TimeSpan _calm = TimeSpan.FromSeconds(10);

    // A health check asks seldom: its failures have to count for longer.
    private static readonly TimeSpan _seldom = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CircuitBreaker> _all = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<CircuitBreaker> All => _all.Values.OrderBy(breaker => breaker.Service, StringComparer.Ordinal);

    public CircuitBreaker? Find(string service) => _all.GetValueOrDefault(service);

    /// <summary>Of a dependency that work goes through.</summary>
    public CircuitBreaker Busy(string service, RetryConfig retry) => _all.GetOrAdd(
        service, name => new CircuitBreaker(name, retry, window: null, time, logger));

    /// <summary>Of Prefect, who asks it says itself when it is away and back.</summary>
    public CircuitBreaker Calm(string service, RetryConfig retry) => _all.GetOrAdd(
        service, name => new CircuitBreaker(name, retry, _calm, time, NullLogger.Instance));

    /// <summary>Of one that only health asks, and tells of.</summary>
    public CircuitBreaker Seldom(string service, RetryConfig retry) => _all.GetOrAdd(
        service, name => new CircuitBreaker(name, retry, _seldom, time, NullLogger.Instance));

    /// <summary>Degraded while one is not closed.</summary>
    public HealthStatus Check()
    {
        var began = time.GetTimestamp();
        var open = All.Where(breaker => breaker.State != CircuitBreaker.Closed).Select(breaker => breaker.Service);
        var details = All.ToDictionary(
            breaker => breaker.Service,
            breaker => breaker.State == CircuitBreaker.Closed ? breaker.State : $"{breaker.State}: {breaker.Cause}");
        var names = string.Join(", ", open);
        return names.Length == 0
            ? Statuses.Create(HealthStatus.Healthy, "Every circuit breaker is closed.", details, time, began)
            : Statuses.Create(HealthStatus.Degraded, $"Not closed: {names}.", details, time, began);
    }
}
