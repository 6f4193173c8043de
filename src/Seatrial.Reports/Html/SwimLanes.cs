using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>A record's life as lanes: who held it when, what was committed, and which faults lay over it.</summary>
internal static class SwimLanes
{
    /// <summary>More would be a picture that nobody reads; the table has them all.</summary>
    private const int MostEvents = 40;

    public static void Write(HtmlBuilder html, SuiteResult suite, Finding finding, LoadClock clock)
    {
        var history = finding.History.TakeLast(MostEvents).ToArray();
        var owners = new Owners(suite);
        var layout = new SwimLayout(history, clock, owners);
        if (history.Length < finding.History.Count)
        {
            html.Add($"""
                <p class="note">The lanes show the last {history.Length} of
                {Figures.Count(finding.History.Count)} events; the table has them all.</p>
                """);
        }

        html.Add($"""
            <div class="scroll"><svg class="swim" role="img" width="{layout.Width}" height="{layout.Height}"
            viewBox="0 0 {layout.Width} {layout.Height}"><title>{finding.Record}:
            {Figures.Count(history.Length, "event")} in {Figures.Count(layout.Names.Count, "lane")}; the table below
            says the same.</title>
            """);
        WriteLanes(html, suite, layout, clock);
        WriteOwnerships(html, history, layout);
        WriteLeases(html, history, layout, clock);
        WriteEvents(html, history, layout, clock);
        WriteTransactions(html, history, layout);
        html.Add($"""
            </svg></div><p class="note">Bar: held. Thin line above it: the lease. Dashed: acts of one who holds it no
            longer. Shade: a fault. Below: each transaction with its place in the log.</p>
            """);
    }

    private static void WriteLanes(HtmlBuilder html, SuiteResult suite, SwimLayout layout, LoadClock clock)
    {
        foreach (var name in layout.Names)
        {
            var top = layout.Y(name) - (SwimLayout.Lane / 2);
            html.Add($"""
                <line class="grid" x1="0" x2="{layout.Right}" y1="{top}" y2="{top}"/>
                <text class="lane" x="0" y="{layout.Y(name) + 4}">{Shortened(name)}<title>{name}</title></text>
                """);
            foreach (var fault in suite.Faults.Where(fault => Strikes(fault, name, layout, clock)))
            {
                if (fault.InjectedAt is { } injected)
                {
                    var from = layout.XAt(clock.SecondsAt(injected));
                    var to = fault.HealedAt is { } healed ? layout.XAt(clock.SecondsAt(healed)) : layout.Right;
                    html.Add($"""
                        <rect class="fault" x="{from}" y="{top + 1}" width="{Math.Max(2, to - from)}"
                        height="{SwimLayout.Lane - 2}"><title>{VerdictSentences.Name(fault)}</title></rect>
                        <text class="fault-name" x="{from + 3}" y="{top + 9}">{fault.Name}</text>
                        """);
                }
            }
        }

        html.Add($"""<line class="grid" x1="0" x2="{layout.Right}" y1="{layout.Bottom}" y2="{layout.Bottom}"/>""");
    }

    /// <summary>Whether a fault had a container in hand while the record lived. One that replaced another has a letter
    /// behind its place.</summary>
    private static bool Strikes(FaultRecord fault, string name, SwimLayout layout, LoadClock clock) =>
        fault is { InjectedAt: { } injected, Target: { } targets }
        && targets.Split(", ").Any(target => name == target || (name.Length == target.Length + 1
            && name.StartsWith(target, StringComparison.Ordinal) && char.IsAsciiLetterLower(name[^1])))
        && clock.SecondsAt(injected) <= layout.Last
        && (fault.HealedAt is not { } healed || clock.SecondsAt(healed) >= layout.First);

    /// <summary>As long as each claim and renewal was granted, under what was made of it.</summary>
    private static void WriteLeases(HtmlBuilder html, HistoryEvent[] history, SwimLayout layout, LoadClock clock)
    {
        for (var i = 0; i < history.Length; i++)
        {
            if (history[i] is
                { Kind: EventKind.Claim or EventKind.Renew, LeaseUntil: > 0 and < long.MaxValue and var until })
            {
                var (from, to) = (SwimLayout.X(i), layout.XAt(clock.SecondsAt(until)));
                var y = layout.Y(layout.LaneOf[i]) - 9;
                html.Add($"""
                    <path class="lease" d="M{from} {y}H{to}m0 -4v8"><title>lease until
                    {clock.Label(until)}</title></path>
                    """);
            }
        }
    }

    private static void WriteOwnerships(HtmlBuilder html, HistoryEvent[] history, SwimLayout layout)
    {
        foreach (var ownership in Ownership.Of(history))
        {
            var y = layout.Y(layout.LaneOf[ownership.From]);
            var (from, to) = (SwimLayout.X(ownership.From), SwimLayout.X(ownership.To));
            html.Add($"""<line class="held" x1="{from}" x2="{to}" y1="{y}" y2="{y}"/>""");
            if (ownership.LastAct > ownership.To)
            {
                var last = SwimLayout.X(ownership.LastAct);
                html.Add($"""
                    <line class="stale" x1="{to}" x2="{last}" y1="{y}" y2="{y}"><title>no longer owner</title></line>
                    """);
            }
        }
    }

    private static void WriteEvents(HtmlBuilder html, HistoryEvent[] history, SwimLayout layout, LoadClock clock)
    {
        var notes = HistoryNotes.Of(history);
        for (var i = 0; i < history.Length; i++)
        {
            var (x, y) = (SwimLayout.X(i), layout.Y(layout.LaneOf[i]));
            var (note, style, cross) = notes[i] is { } odd ? (odd, "odd", "✗ ") : ("", "", "");
            var time = clock.Label(history[i].At);
            var epoch = history[i].Epoch is { } token ? FormattableString.Invariant($" e{token}") : "";
            html.Add($"""
                <line class="grid" x1="{x}" x2="{x}" y1="{SwimLayout.Top - 6}" y2="{layout.Bottom}"/>
                <text class="time" x="{x}" y="{SwimLayout.Top - 12}">{time}</text>
                <path class="event {style}" d="{SwimMarks.Path(history[i].Kind, x, y)}"/>
                <text class="what {style}" x="{x}"
                y="{y + 18}">{cross}{EventNames.Of(history[i].Kind)}{epoch}<title>{note}</title></text>
                """);
        }
    }

    /// <summary>One line under the events that one transaction committed.</summary>
    private static void WriteTransactions(HtmlBuilder html, HistoryEvent[] history, SwimLayout layout)
    {
        for (var from = 0; from < history.Length;)
        {
            var to = from;
            while (to + 1 < history.Length && history[to + 1].Xid == history[from].Xid)
            {
                to++;
            }

            var (left, right, y) = (SwimLayout.X(from) - 36, SwimLayout.X(to) + 36, layout.Bottom + 8);
            var xid = history[from].Xid.ToString(CultureInfo.InvariantCulture);
            html.Add($"""
                <line class="xid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>
                <text class="time" x="{(left + right) / 2}" y="{y + 14}">xid {xid}</text>
                <text class="time" x="{(left + right) / 2}"
                y="{y + 28}">{LogPositions.Format(history[from].CommitLsn)}</text>
                """);
            from = to + 1;
        }
    }

    private static string Shortened(string name) => name.Length <= 18 ? name : name[..17] + "…";
}
