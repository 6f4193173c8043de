using Seatrial.Wire;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// What a running worker measures, and where that goes. What can be observed at any time is set up when someone asks
/// for the first time: a start is no slower for it.
/// </summary>
internal sealed class WorkerTelemetry : IDisposable
{
    private static readonly string[] _foreign = ["Npgsql", "System.Runtime"];

    private readonly WorkerMeter _meter;
    private readonly MeterReadings? _own;
    private readonly Lazy<MeterReadings>? _others;
    private readonly OtlpExport? _export;

    public WorkerTelemetry(WorkerMeter meter, bool isRead, Func<OtlpExport?> export)
    {
        _meter = meter;
        _export = export();
        if (_export is not null)
        {
            meter.Observe();
        }

        if (isRead)
        {
            _own = new MeterReadings([MetricNames.Meter]);
            _others = new Lazy<MeterReadings>(() =>
            {
                meter.Observe();
                return new MeterReadings(_foreign, isLate: true);
            });
        }
    }

    /// <summary>The worker's own, the database driver's, and the runtime's.</summary>
    public static IReadOnlyList<string> Meters { get; } = [MetricNames.Meter, .. _foreign];

    public WorkerMeter Meter => _meter;

    /// <summary>In Prometheus's text form; null when they are switched off.</summary>
    public Func<string>? Text => _own is null || _others is null
        ? null
        : () =>
        {
            var others = _others.Value.Collect();
            return PrometheusText.Write([.. _own.Collect(), .. others]);
        };

    public void Dispose()
    {
        _export?.Dispose();
        _own?.Dispose();
        if (_others is { IsValueCreated: true })
        {
            _others.Value.Dispose();
        }

        _meter.Dispose();
    }
}
