using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Telemetry;

/// <summary>The least that is logged, as the configuration has it at the moment.</summary>
internal sealed class LogThreshold
{
    private volatile LiveConfig? _config;

    public LogLevel Least => _config?.Current.MonitoringConfig.LogLevel ?? LogLevel.Information;

    public void Follow(LiveConfig config) => _config = config;
}
