using Seatrial.Wire;

namespace Seatrial.Worker.Telemetry;

/// <summary>What a running worker measures, and where that goes.</summary>
internal sealed class WorkerTelemetry(WorkerMeter meter, MeterReadings? readings, OtlpExport? export) : IDisposable
{
    /// <summary>The worker's own, the database driver's, and the runtime's.</summary>
    public static IReadOnlyList<string> Meters { get; } = [MetricNames.Meter, "Npgsql", "System.Runtime"];

    public WorkerMeter Meter => meter;

    /// <summary>In Prometheus's text form; null when they are switched off.</summary>
    public Func<string>? Text => readings is null ? null : () => PrometheusText.Write(readings.Collect());

    public void Dispose()
    {
        export?.Dispose();
        readings?.Dispose();
        meter.Dispose();
    }
}
