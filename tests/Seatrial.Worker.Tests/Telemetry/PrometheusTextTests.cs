using System.Diagnostics.Metrics;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new(nameof(PrometheusTextTests) + Guid.NewGuid());
    private readonly MeterReadings _readings;

    public PrometheusTextTests()
    {
        _readings = new MeterReadings([_meter.Name]);
    }

    [Fact]
    public void Every_kind_of_instrument_has_its_form()
    {
        var jobs = _meter.CreateCounter<long>("seatrial.jobs", "{job}", "All\nof them.");
        var slots = _meter.CreateUpDownCounter<int>("seatrial.slots");
        var time = _meter.CreateHistogram(
            "seatrial.time", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        _meter.CreateObservableGauge("seatrial.share", () => 0.25, "1");
        _meter.CreateObservableCounter("seatrial.bytes", () => 10, "By");

        jobs.Add(2, new("queue", "a\"b\\"), new("n", 1));
        jobs.Add(3, new("queue", "a\"b\\"), new("n", 1));
        slots.Add(5);
        slots.Add(-2);
        time.Record(0.5);
        time.Record(0.6);
        time.Record(7);

        Assert.Equal(
            """
            # TYPE seatrial_bytes_total counter
            seatrial_bytes_total 10
            # HELP seatrial_jobs_total All\nof them.
            # TYPE seatrial_jobs_total counter
            seatrial_jobs_total{queue="a\"b\\",n="1"} 5
            # TYPE seatrial_share_ratio gauge
            seatrial_share_ratio 0.25
            # TYPE seatrial_slots gauge
            seatrial_slots 3
            # TYPE seatrial_time_seconds histogram
            seatrial_time_seconds_bucket{le="0.5"} 1
            seatrial_time_seconds_bucket{le="1"} 2
            seatrial_time_seconds_bucket{le="+Inf"} 3
            seatrial_time_seconds_sum 8.1
            seatrial_time_seconds_count 3

            """,
            PrometheusText.Write(_readings.Collect()));
    }

    [Fact]
    public void A_series_that_is_no_longer_observed_is_gone()
    {
        var queue = "one";
        _meter.CreateObservableGauge(
            "depth", () => new Measurement<int>(1, new KeyValuePair<string, object?>("q", queue)));

        Assert.Contains("depth{q=\"one\"} 1", PrometheusText.Write(_readings.Collect()), StringComparison.Ordinal);
        queue = "two";
        Assert.Equal("# TYPE depth gauge\ndepth{q=\"two\"} 1\n", PrometheusText.Write(_readings.Collect()));
    }

    [Fact]
    public void Meters_that_were_not_asked_for_are_left_alone()
    {
        using var other = new Meter(_meter.Name + "x");
        other.CreateCounter<int>("other").Add(1);

        Assert.Empty(_readings.Collect());
    }

    [Fact]
    public void Who_comes_late_tells_no_balance_that_it_did_not_hear()
    {
        var slots = _meter.CreateUpDownCounter<int>("slots");
        _meter.CreateObservableUpDownCounter("depth", () => 5);
        slots.Add(3);
        using var late = new MeterReadings([_meter.Name], isLate: true);
        slots.Add(-1);

        Assert.Equal("# TYPE depth gauge\ndepth 5\n", PrometheusText.Write(late.Collect()));
    }

    [Fact]
    public void What_is_counted_at_once_by_many_is_counted_once_each()
    {
        var jobs = _meter.CreateCounter<long>("jobs");
        var time = _meter.CreateHistogram<double>("time");
        Parallel.For(0, 10_000, i =>
        {
            jobs.Add(1, new KeyValuePair<string, object?>("q", i % 2));
            time.Record(1);
        });

        var text = PrometheusText.Write(_readings.Collect());
        Assert.Contains("jobs_total{q=\"0\"} 5000\njobs_total{q=\"1\"} 5000\n", text, StringComparison.Ordinal);
        Assert.Contains("time_sum 10000\ntime_count 10000\n", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _readings.Dispose();
        _meter.Dispose();
    }
}
