using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// Keeps what instruments measure, for those who come and read. OpenTelemetry's own exporter for Prometheus exists as a
/// prerelease only and brings a second web stack's worth of set-up to each start; this needs no package.
/// </summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentReading> _readings = new();
    private readonly HashSet<string> _meters;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();

    /// <param name="meters">Their names; the others are left alone.</param>
    /// <param name="isLate">
    /// Whether they have been used before: what adds and subtracts would then miss what was added.
    /// </param>
    public MeterReadings(IEnumerable<string> meters, bool isLate = false)
    {
        _meters = [.. meters];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter.Name)
                && InstrumentReading.Create(instrument) is { } reading
                && !(isLate && reading.IsBalance))
            {
                _readings[instrument] = reading;
                listener.EnableMeasurementEvents(instrument, reading);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Note(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Note(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Note(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Note(value, tags, state));
        _listener.Start();
    }

    /// <summary>As of now, in the order of their names.</summary>
    public IReadOnlyList<InstrumentReading> Collect()
    {
        lock (_gate)
        {
            foreach (var reading in _readings.Values)
            {
                reading.BeginCollection();
            }

            _listener.RecordObservableInstruments();
            return [.. _readings.Values.OrderBy(reading => reading.Instrument.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Note(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        (state as InstrumentReading)?.Note(value, tags);
}
