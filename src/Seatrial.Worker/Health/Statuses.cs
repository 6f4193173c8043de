using Seatrial.Wire;

namespace Seatrial.Worker.Health;

/// <summary>Makes and weighs what checks say.</summary>
internal static class Statuses
{
    public static IReadOnlyList<string> WorstFirst { get; } =
        [HealthStatus.Unhealthy, HealthStatus.Degraded, HealthStatus.Healthy];

    /// <summary>A check that began at a timestamp and ends now.</summary>
    public static HealthStatus Create(
        string status, string message, Dictionary<string, string> details, TimeProvider time, long began) => new()
        {
            Status = status,
            Message = message,
            Details = details,
            Timestamp = time.GetUtcNow(),
            CheckDuration = time.GetElapsedTime(began).TotalSeconds,
        };

    public static HealthStatus OfDependencies(
        IReadOnlyList<DependencyStatus> states, string good, Dictionary<string, string> details, TimeProvider time,
        long began)
    {
        var away = states.Where(state => state.State != DependencyStatus.Up)
            .Select(state => $"{state.Name} ({state.Cause})").ToList();
        return Create(
            ServiceHealthStatus.Of(states).Status,
            away.Count == 0 ? good : $"Away: {string.Join(", ", away)}.",
            details, time, began);
    }

    public static string Worst(IEnumerable<HealthStatus> checks) =>
        WorstFirst.First(status => status == HealthStatus.Healthy || checks.Any(check => check.Status == status));
}
