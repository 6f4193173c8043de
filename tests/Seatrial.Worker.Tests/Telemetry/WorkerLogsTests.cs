using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Telemetry;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Telemetry;

public sealed class WorkerLogsTests
{
    [Fact]
    public void The_level_of_now_decides_what_is_logged()
    {
        var threshold = new LogThreshold();
        using var watch = new LogWatch();
        using var logs = LoggerFactory.Create(logging => WorkerLogs.Filter(logging, threshold).AddProvider(watch));
        var log = logs.CreateLogger("flow");
        var config = new LiveConfig(new ContainerConfigManager(WrongConfigurations.Right).LoadContainerConfig());
        threshold.Follow(config);

        var seen = new List<string>();
        foreach (var level in new[] { LogLevel.Information, LogLevel.Debug, LogLevel.Error })
        {
            config.Current = config.Current with { MonitoringConfig = new MonitoringConfig { LogLevel = level } };
            seen.Add(string.Join(
                ' ', Enum.GetValues<LogLevel>().Where(one => one != LogLevel.None && log.IsEnabled(one))));
        }

        Assert.Equal(
            ["Information Warning Error Critical", "Debug Information Warning Error Critical", "Error Critical"], seen);
    }
}
