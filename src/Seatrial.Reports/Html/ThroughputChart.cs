using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Two panels and the faults' lanes, one under the other, on one axis of time.</summary>
internal sealed class ThroughputChart
{
    private const double Width = 1000;
    private const double Left = 62;
    private const double Right = 978;
    private const double DoneTop = 22;
    private const double DoneBottom = 182;
    private const double BacklogTop = 222;
    private const double BacklogBottom = 312;
    private const double LanesTop = 346;

    private readonly SuiteResult _suite;
    private readonly Buckets _buckets;
    private readonly Axis _time;
    private readonly Axis _done;
    private readonly Axis _backlog;
    private readonly FaultLanes _lanes;

    public ThroughputChart(SuiteResult suite, LoadClock clock, Buckets buckets, int seconds)
    {
        _suite = suite;
        _buckets = buckets;
        _time = Axis.OfSeconds(Math.Max(seconds, FaultLanes.LastSecond(suite.Faults, clock)), Left, Right);
        _done = Axis.OfCounts(Most(series => series.Done, buckets.Highs), DoneBottom, DoneTop);
        _backlog = Axis.OfCounts(Most(series => series.Backlog, buckets.Highs), BacklogBottom, BacklogTop);
        _lanes = new FaultLanes(suite.Faults, clock, _time, LanesTop);
    }

    /// <param name="html">Where to.</param>
    /// <param name="table">The id of the table with the same figures.</param>
    public void Write(HtmlBuilder html, string table)
    {
        var bottom = _lanes.Bottom;
        var faults = Figures.Count(_suite.Faults.Count, "fault");
        html.Add($"""
            <div class="scroll"><svg class="chart" role="img" viewBox="0 0 {Width} {bottom + 28}" data-table="{table}"
            data-left="{Left}" data-right="{Right}" data-seconds="{_time.Top}" data-step="{_buckets.Width}">
            <title>Records done a second and backlog by queue over
            {Figures.Duration(TimeSpan.FromSeconds(_time.Top))}, with {faults}. The table below has the figures.</title>
            <defs><pattern id="{table}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"><rect class="hatch" width="3" height="6"/></pattern></defs>
            """);
        _lanes.WriteShades(html, DoneTop, bottom);
        WritePanel(html, _done, "done per second");
        WritePanel(html, _backlog, "backlog: records waiting or held");
        WriteTime(html, bottom);
        for (var i = 0; i < _suite.Series.Count; i++)
        {
            WriteSeries(html, _suite.Series[i], Tags.Queue(i));
        }

        _lanes.Write(html, table + "-hatch");
        html.Add($"""<line class="cursor" x1="-9" x2="-9" y1="{DoneTop}" y2="{bottom}"/></svg></div>""");
    }

    private static void WritePanel(HtmlBuilder html, Axis axis, string name)
    {
        html.Add($"""<text class="panel" x="{Left}" y="{axis.To - 8}">{name}</text>""");
        foreach (var tick in axis.Ticks)
        {
            html.Add($"""
                <line class="grid" x1="{Left}" x2="{Right}" y1="{axis.At(tick)}" y2="{axis.At(tick)}"/>
                <text class="tick end" x="{Left - 8}" y="{axis.At(tick) + 4}">{Figures.Number(tick)}</text>
                """);
        }
    }

    private void WriteTime(HtmlBuilder html, double bottom)
    {
        foreach (var tick in _time.Ticks)
        {
            html.Add($"""
                <line class="grid" x1="{_time.At(tick)}" x2="{_time.At(tick)}" y1="{DoneTop}" y2="{bottom}"/>
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

    /// <summary>In the middle of the time that each value is of.</summary>
    private IEnumerable<string> Points(double[] values, Axis axis) => values.Select((value, i) =>
        FormattableString.Invariant($"{_time.At((i + 0.5) * _buckets.Width):0.#},{axis.At(value):0.#}"));

    private double Most(Func<QueueSeries, IReadOnlyList<long>> values, Func<IReadOnlyList<long>, double[]> highs) =>
        _suite.Series.SelectMany(series => highs(values(series))).DefaultIfEmpty().Max();
}
