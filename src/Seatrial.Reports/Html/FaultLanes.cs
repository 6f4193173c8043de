using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>A lane a fault: its time shaded, its four steps marked, hatched when it was not proven.</summary>
internal sealed class FaultLanes(IReadOnlyList<FaultRecord> faults, LoadClock clock, Axis time, double top)
{
    private const double Lane = 26;

    /// <summary>Of a label's letters, on average.</summary>
    private const double LetterWidth = 6.8;

    public double Bottom => top + (faults.Count * Lane);

    /// <summary>The last instant of any fault, in seconds; 0 without one.</summary>
    public static double LastSecond(IReadOnlyList<FaultRecord> faults, LoadClock clock) => faults
        .SelectMany(Steps)
        .Select(step => clock.SecondsAt(step.At))
        .DefaultIfEmpty()
        .Max();

    /// <summary>The time of each fault, behind the curves.</summary>
    public void WriteShades(HtmlBuilder html, double from, double to)
    {
        foreach (var fault in faults.Where(fault => fault.InjectedAt is not null))
        {
            var (left, right) = Span(fault);
            html.Add($"""
                <rect class="shade" x="{left}" y="{from}" width="{right - left}" height="{to - from}"/>
                """);
        }
    }

    public void Write(HtmlBuilder html, string hatch)
    {
        if (faults.Count > 0)
        {
            html.Add($"""<text class="panel" x="{time.From}" y="{top - 8}">faults</text>""");
        }

        for (var i = 0; i < faults.Count; i++)
        {
            WriteLane(html, faults[i], top + (i * Lane), hatch);
        }
    }

    private void WriteLane(HtmlBuilder html, FaultRecord fault, double y, string hatch)
    {
        var middle = y + (Lane / 2);
        html.Add($"""<line class="grid" x1="{time.From}" x2="{time.To}" y1="{y + Lane}" y2="{y + Lane}"/>""");
        var label = VerdictSentences.Name(fault) + (fault.Proven ? "" : " – ? not proven");
        if (fault.InjectedAt is null)
        {
            html.Add($"""
                <text class="fault-label missing" x="{time.From + 6}" y="{middle + 4}">{label}, never injected</text>
                """);
            return;
        }

        var (left, right) = Span(fault);
        var fill = fault.Proven ? new Fragment("") : new Fragment($" fill=\"url(#{hatch})\"");
        html.Add($"""
            <rect class="fault-time {(fault.Proven ? "proven" : "unproven")}" x="{left}" y="{y + 8}"
            width="{right - left}" height="{Lane - 16}"{fill}/>
            """);
        foreach (var (name, at) in Steps(fault))
        {
            var shape = Shape(name, time.At(clock.SecondsAt(at)), middle);
            html.Add($"""<path class="step" d="{shape}"><title>{name} at {clock.Label(at)}</title></path>""");
        }

        var last = Math.Max(right, time.At(LastSecond([fault], clock)));
        WriteLabel(html, label, left, last, middle + 4, fault.Proven ? "" : "missing");
    }

    /// <summary>Right of the fault's time where there is room, else left of it, else under it.</summary>
    private void WriteLabel(HtmlBuilder html, string label, double left, double right, double y, string style)
    {
        var length = label.Length * LetterWidth;
        var (x, anchor) = right + 12 + length < time.To ? (right + 12, "start")
            : left - 12 - length > time.From ? (left - 12, "end")
            : (time.From + 6, "start");
        html.Add($"""<text class="fault-label {style}" x="{x}" y="{y}" text-anchor="{anchor}">{label}</text>""");
    }

    private (double Left, double Right) Span(FaultRecord fault)
    {
        var left = fault.InjectedAt is { } injected ? time.At(clock.SecondsAt(injected)) : time.From;
        var right = fault.HealedAt is { } healed ? time.At(clock.SecondsAt(healed)) : time.To;
        return (left, Math.Max(right, left + 2));
    }

    private static IEnumerable<(string Name, DateTimeOffset At)> Steps(FaultRecord fault)
    {
        (string Name, DateTimeOffset? At)[] steps =
        [
            ("injected", fault.InjectedAt), ("confirmed", fault.ConfirmedAt), ("healed", fault.HealedAt),
            ("confirmed healed", fault.ConfirmedHealedAt),
        ];
        foreach (var (name, at) in steps)
        {
            if (at is { } instant)
            {
                yield return (name, instant);
            }
        }
    }

    /// <summary>Told apart by shape and height, since confirmations follow within milliseconds.</summary>
    private static string Shape(string step, double x, double y) => step switch
    {
        "injected" => FormattableString.Invariant($"M{x - 5:0.#} {y - 12:0.#}h10l-5 9z"),
        "healed" => FormattableString.Invariant($"M{x - 5:0.#} {y + 12:0.#}h10l-5 -9z"),
        "confirmed" => FormattableString.Invariant($"M{x - 3.5:0.#} {y:0.#}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"),
        _ => FormattableString.Invariant($"M{x:0.#} {y - 5:0.#}l5 5l-5 5l-5 -5z"),
    };
}
