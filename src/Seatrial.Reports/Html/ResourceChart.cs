using Seatrial.Engine.Measurements;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Processors and memory of each container on one axis of time.</summary>
internal sealed class ResourceChart
{
    private const double Width = 1000;
    private const double Left = 62;
    private const double Right = 978;
    private const double Top = 22;
    private const double Between = 40;
    private const double Height = 130;

    private readonly IReadOnlyList<ContainerUse> _containers;
    private readonly Buckets _buckets;
    private readonly Axis _time;
    private readonly Axis _cores;
    private readonly Axis _memory;

    public ResourceChart(IReadOnlyList<ContainerUse> containers, Buckets buckets, int seconds)
    {
        _containers = containers;
        _buckets = buckets;
        _time = Axis.OfSeconds(seconds, Left, Right);
        _cores = Axis.OfAmounts(Most(use => buckets.Means(use.CoresBySecond)), Top + Height, Top);
        var memoryTop = Top + Height + Between;
        _memory = Axis.OfAmounts(Most(use => buckets.Highs(use.MemoryBySecond)), memoryTop + Height, memoryTop);
    }

    /// <param name="html">Where to.</param>
    /// <param name="table">The id of the table with the same figures.</param>
    public void Write(HtmlBuilder html, string table)
    {
        var bottom = _memory.From;
        html.Add($"""
            <div class="scroll"><svg class="chart" role="img" viewBox="0 0 {Width} {bottom + 28}" data-table="{table}"
            data-left="{Left}" data-right="{Right}" data-seconds="{_time.Top}" data-step="{_buckets.Width}">
            <title>Cores and memory of {Figures.Count(_containers.Count, "container")} over time. The table below has
            the figures.</title>
            """);
        WritePanel(html, _cores, "cores in use");
        WritePanel(html, _memory, "memory in use, in MiB");
        foreach (var tick in _time.Ticks)
        {
            html.Add($"""
                <line class="grid" x1="{_time.At(tick)}" x2="{_time.At(tick)}" y1="{Top}" y2="{bottom}"/>
                <text class="tick middle" x="{_time.At(tick)}" y="{bottom + 16}">{_time.Clock(tick)}</text>
                """);
        }

        foreach (var (i, use) in _containers.Index())
        {
            html.Add($"""
                <path class="line {Tags.Queue(i)}" d="{Path(_buckets.Means(use.CoresBySecond), _cores)}"/>
                <path class="line {Tags.Queue(i)}" d="{Path(_buckets.Highs(use.MemoryBySecond), _memory)}"/>
                """);
        }

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

    /// <summary>In the middle of the time that each value is of; where a container did not run is a gap.</summary>
    private string Path(double?[] values, Axis axis)
    {
        var path = new System.Text.StringBuilder();
        var isOpen = false;
        foreach (var (i, value) in values.Index())
        {
            if (value is { } known)
            {
                var x = _time.At((i + 0.5) * _buckets.Width);
                path.Append(FormattableString.Invariant($"{(isOpen ? 'L' : 'M')}{x:0.#} {axis.At(known):0.#}"));
            }

            isOpen = value is not null;
        }

        return path.ToString();
    }

    private double Most(Func<ContainerUse, double?[]> values) => _containers.SelectMany(values).Max() ?? 0;
}
