using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector; made only when one is configured, for it costs time at start.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    // A collector that is away must not hold up the drain.
    private const int LastWordMilliseconds = 1000;

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private OtlpExport(MeterProvider metrics, TracerProvider traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    public static OtlpExport Start(ContainerConfig config, Uri endpoint, string owner, string hostName)
    {
        var monitoring = config.MonitoringConfig;
        var resource = ResourceBuilder.CreateDefault()
            .AddService(config.FlowName, serviceVersion: StartupReports.Versions["flow"], serviceInstanceId: owner)
            .AddAttributes(
            [
                new("host.name", hostName),
                new("deployment.environment.name", config.Environment),
            ]);
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. WorkerTelemetry.Meters])
            .AddOtlpExporter((exporter, reader) =>
            {
                Address(exporter, monitoring, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                    (int)monitoring.OtlpInterval.TotalMilliseconds;
            })
            .Build();
        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(MetricNames.Meter)
            .AddOtlpExporter(exporter => Address(exporter, monitoring, endpoint, "v1/traces"))
            .Build();
        return new OtlpExport(metrics, traces);
    }

    public void Dispose()
    {
        _metrics.Shutdown(LastWordMilliseconds);
        _traces.Shutdown(LastWordMilliseconds);
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Address(OtlpExporterOptions exporter, MonitoringConfig config, Uri endpoint, string path)
    {
        var isHttp = config.OtlpProtocol == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
    }
}
