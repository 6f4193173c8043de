using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>A lane for what each kind of fault breaks: each one's time shaded, its four steps marked, hatched when it
/// was not proven.</summary>
internal sealed class FaultLanes(IReadOnlyList<FaultRecord> faults, LoadClock clock, Axis time, double top)
{
    private const double Row = 20;
    private const double Half = 4;

    private readonly FaultRows _rows = new(faults, clock, time);

    public double Bottom => top + (_rows.Count * Row);

    /// <summary>The time of each fault, behind the curves.</summary>
    public void WriteShades(HtmlBuilder html, double from, double to)
    {
        foreach (var place in _rows.Lanes.SelectMany(lane => lane.Rows).SelectMany(row => row))
        {
            if (place.Fault.InjectedAt is not null)
            {
                html.Add($"""
                    <rect class="shade" x="{place.Left}" y="{from}" width="{place.Right - place.Left}"
                    height="{to - from}"><title>{VerdictSentences.Name(place.Fault)}</title></rect>
                    """);
            }
        }
    }

    public void Write(HtmlBuilder html, string hatch)
    {
        var y = top;
        foreach (var (name, rows) in _rows.Lanes)
        {
            html.Add($"""
                <line class="grid" x1="0" x2="{time.To}" y1="{y}" y2="{y}"/>
                <text class="tick" x="0" y="{y + (Row / 2) + 4}">{name}</text>
                """);
            foreach (var row in rows)
            {
                foreach (var place in row)
                {
                    Write(html, place, y + (Row / 2), hatch);
                }

                y += Row;
            }
        }

        if (faults.Count > 0)
        {
            html.Add($"""<line class="grid" x1="0" x2="{time.To}" y1="{y}" y2="{y}"/>""");
        }
    }

    private void Write(HtmlBuilder html, FaultPlace place, double middle, string hatch)
    {
        var fault = place.Fault;
        var style = fault.Proven ? "proven" : "unproven";
        if (fault.InjectedAt is not null)
        {
            var fill = fault.Proven ? new Fragment("") : new Fragment($" fill=\"url(#{hatch})\"");
            html.Add($"""
                <g><title>{Tip(place)}</title><rect class="fault-time {style}" x="{place.Left}" y="{middle - Half}"
                width="{place.Right - place.Left}" height="{Half * 2}"{fill}/>
                """);
            foreach (var (name, at) in FaultSteps.Of(fault))
            {
                html.Add($"""<path class="step" d="{Shape(name, time.At(clock.SecondsAt(at)), middle)}"/>""");
            }

            html.Add($"</g>");
        }

        html.Add($"""
            <text class="fault-label {(fault.Proven ? "" : "missing")}" x="{place.LabelAt}" y="{middle + 4}"
            text-anchor="{(place.EndsThere ? "end" : "start")}">{place.Label}</text>
            """);
    }

    private string Tip(FaultPlace place) => $"{place.Label}: " + string.Join(
        ", ", FaultSteps.Of(place.Fault).Select(step => $"{step.Name} at {clock.Label(step.At)}"));

    /// <summary>Told apart by shape and height, since confirmations follow within milliseconds.</summary>
    private static string Shape(string step, double x, double y) => step switch
    {
        "injected" => FormattableString.Invariant($"M{x - 4:0.#} {y - 9:0.#}h8l-4 7z"),
        "healed" => FormattableString.Invariant($"M{x - 4:0.#} {y + 9:0.#}h8l-4 -7z"),
        "confirmed" => FormattableString.Invariant($"M{x - 3:0.#} {y:0.#}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"),
        _ => FormattableString.Invariant($"M{x:0.#} {y - 4:0.#}l4 4l-4 4l-4 -4z"),
    };
}
