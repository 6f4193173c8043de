using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Recovery;

/// <summary>The alerts of one container.</summary>
internal sealed class Alerts(ContainerConfig config, string hostName, TimeProvider time, ILogger logger)
{
    private readonly AlertSender _sender = new(config.MonitoringConfig.AlertUrl, time, logger);

    /// <summary>Whether it was taken.</summary>
    public Task<bool> SendAsync(string category, string message, int exitCode) => _sender.SendAsync(new Alert
    {
        Category = category,
        Flow = config.FlowName,
        Environment = config.Environment,
        Host = hostName,
        Message = message,
        ExitCode = exitCode,
        At = time.GetUtcNow(),
    });
}
