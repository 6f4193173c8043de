using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Configuration;

/// <summary>What the container tells of itself, and how often it looks whether its configuration changed.</summary>
public sealed record MonitoringConfig
{
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether <c>/metrics</c> is answered.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Where metrics and traces are sent by OTLP; nowhere when null.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string OtlpProtocol { get; init; } = "grpc";

    /// <summary>Between two sendings of the metrics.</summary>
    public TimeSpan OtlpInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Is told before the worker ends on an error that it can't mend; nobody when null.</summary>
    public Uri? AlertUrl { get; init; }

    /// <summary>Between two looks at the files that configuration came from.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(5);
}
