namespace Seatrial.Wire;

/// <summary>How everything is that a container depends on.</summary>
/// <param name="Status">Unhealthy when something required is away, degraded when something optional is.</param>
/// <param name="Services">Each of them.</param>
public sealed record ServiceHealthStatus(string Status, IReadOnlyList<DependencyStatus> Services)
{
    public static ServiceHealthStatus Of(IReadOnlyList<DependencyStatus> services)
    {
        var away = services.Where(service => service.State != DependencyStatus.Up).ToList();
        var status = away.Any(service => service.Required) ? HealthStatus.Unhealthy
            : away.Count > 0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new ServiceHealthStatus(status, services);
    }
}
