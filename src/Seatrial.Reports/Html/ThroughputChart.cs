using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>The faults' lanes over panels of throughput, backlog and latency, on one axis of time.</summary>
internal sealed class ThroughputChart
{
    private const double Width = 1000;
    private const double Left = 62;
    private const double Right = 978;
    private const double Top = 22;
    private const double Between = 40;
    private const double DoneHeight = 160;
    private const double BacklogHeight = 90;
    private const double LatencyHeight = 90;

    private readonly SuiteResult _suite;
    private readonly Buckets _buckets;
    private readonly Axis _time;
    private readonly Axis _done;
    private readonly Axis _backlog;
    private readonly Axis? _latency;
    private readonly FaultLanes _lanes;
    private readonly double _doneTop;
    private readonly double _bottom;

    public ThroughputChart(SuiteResult suite, LoadClock clock, Buckets buckets, int seconds)
    {
        _suite = suite;
        _buckets = buckets;
        _time = Axis.OfSeconds(Math.Max(seconds, FaultRows.LastSecond(suite.Faults, clock)), Left, Right);
        _lanes = new FaultLanes(suite.Faults, clock, _time, Top);
        _doneTop = suite.Faults.Count > 0 ? _lanes.Bottom + Between : Top;
        var backlogTop = _doneTop + DoneHeight + Between;
        var latencyTop = backlogTop + BacklogHeight + Between;
        _done = Axis.OfCounts(Most(series => series.Done, buckets.Highs), _doneTop + DoneHeight, _doneTop);
        _backlog = Axis.OfCounts(
            Most(series => series.Backlog, buckets.Highs), backlogTop + BacklogHeight, backlogTop);
        _bottom = backlogTop + BacklogHeight;
        if (suite.Latency is { } latency)
        {
            var most = latency.P99.Max() ?? 0;
            _latency = Axis.OfAmounts(most, latencyTop + LatencyHeight, latencyTop);
            _bottom = latencyTop + LatencyHeight;
        }
    }

    /// <param name="html">Where to.</param>
    /// <param name="table">The id of the table with the same figures.</param>
    public void Write(HtmlBuilder html, string table)
    {
        var bottom = _bottom;
        var faults = Figures.Count(_suite.Faults.Count, "fault");
        html.Add($"""
            <div class="scroll"><svg class="chart" role="img" viewBox="0 0 {Width} {bottom + 28}" data-table="{table}"
            data-left="{Left}" data-right="{Right}" data-seconds="{_time.Top}" data-step="{_buckets.Width}">
            <title>Faults over records done a second, backlog and latency, in
            {Figures.Duration(TimeSpan.FromSeconds(_time.Top))} with {faults}. The table below has the figures.</title>
            <defs><pattern id="{table}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"><rect class="hatch" width="3" height="6"/></pattern></defs>
            """);
        _lanes.WriteShades(html, _doneTop, bottom);
        WritePanel(html, _done, "done per second");
        WritePanel(html, _backlog, "backlog: records waiting or held");
        if (_latency is not null)
        {
            WritePanel(html, _latency, "latency: seconds from a queue's enqueue to its done");
        }

        WriteTime(html, bottom);
        for (var i = 0; i < _suite.Series.Count; i++)
        {
            WriteSeries(html, _suite.Series[i], Tags.Queue(i));
        }

        WriteLatency(html);
        if (_suite.Faults.Count > 0)
        {
            html.Add($"""<text class="panel" x="0" y="{Top - 8}">faults, by what they break</text>""");
        }

        _lanes.Write(html, table + "-hatch");
        html.Add($"""<line class="cursor" x1="-9" x2="-9" y1="{Top}" y2="{bottom}"/></svg></div>""");
    }

    private static void WritePanel(HtmlBuilder html, Axis axis, string name)
    {
        html.Add($"""<text class="panel" x="{Left}" y="{axis.To - 8}">{name}</text>""");
        foreach (var tick in axis.Ticks)
        {
            html.Add($"""
                <line class="grid" x1="{Left}" x2="{Right}" y1="{axis.At(tick)}" y2="{axis.At(tick)}"/>
                <text class="tick end" x="{Left - 8}" y="{axis.At(tick) + 4}">{Figures.Number(tick, 3)}</text>
                """);
        }
    }

    private void WriteTime(HtmlBuilder html, double bottom)
    {
        foreach (var tick in _time.Ticks)
        {
            html.Add($"""
                <line class="grid" x1="{_time.At(tick)}" x2="{_time.At(tick)}" y1="{Top}" y2="{bottom}"/>
                <text class="tick middle" x="{_time.At(tick)}" y="{bottom + 16}">{_time.Clock(tick)}</text>
                """);
        }
    }

    private void WriteSeries(HtmlBuilder html, QueueSeries series, string style)
    {
        if (_buckets.Width > 1)
        {
            var band = Points(_buckets.Highs(series.Done), _done)
                .Concat(Points(_buckets.Lows(series.Done), _done).Reverse());
            html.Add($"""<polygon class="band {style}" points="{string.Join(' ', band)}"/>""");
        }

        var done = Points(_buckets.Means(series.Done), _done);
        var backlog = Points(_buckets.Highs(series.Backlog), _backlog);
        html.Add($"""
            <polyline class="line {style}" points="{string.Join(' ', done)}"/>
            <polyline class="line {style}" points="{string.Join(' ', backlog)}"/>
            """);
    }

    /// <summary>The middle solid, the slowest hundredth thin; a second without a completion is a gap.</summary>
    private void WriteLatency(HtmlBuilder html)
    {
        if (_latency is null || _suite.Latency is not { } latency)
        {
            return;
        }

        foreach (var (values, style) in new[] { (latency.P50, "p50"), (latency.P99, "p99") })
        {
            var path = new System.Text.StringBuilder();
            var isOpen = false;
            foreach (var (i, value) in _buckets.Highs(values).Index())
            {
                if (value is { } seconds)
                {
                    var x = _time.At((i + 0.5) * _buckets.Width);
                    path.Append(FormattableString.Invariant(
                        $"{(isOpen ? 'L' : 'M')}{x:0.#} {_latency.At(seconds):0.#}"));
                }

                isOpen = value is not null;
            }

            html.Add($"""<path class="line {style}" d="{path.ToString()}"/>""");
        }
    }

    /// <summary>In the middle of the time that each value is of.</summary>
    private IEnumerable<string> Points(double[] values, Axis axis) => values.Select((value, i) =>
        FormattableString.Invariant($"{_time.At((i + 0.5) * _buckets.Width):0.#},{axis.At(value):0.#}"));

    private double Most(Func<QueueSeries, IReadOnlyList<long>> values, Func<IReadOnlyList<long>, double[]> highs) =>
        _suite.Series.SelectMany(series => highs(values(series))).DefaultIfEmpty().Max();
}
