using System.Text;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>The pieces that sections share.</summary>
internal static class Tags
{
    /// <summary><c>✓</c>, <c>✗</c> or <c>?</c>, told by shape, colour and name.</summary>
    public static Fragment Mark(Verdict verdict) => new(
        $"""<span class="mark {Class(verdict)}" role="img" aria-label="{Class(verdict)}">"""
        + $"{VerdictSentences.Mark(verdict)}</span>");

    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        Verdict.Unknown => "unknown",
    };

    /// <summary>
    /// A bar in a table's cell, from and to in parts of the whole width. It only repeats the figure beside it, so it is
    /// hidden from screen readers.
    /// </summary>
    public static Fragment Bar(double from, double to, string style = "q0")
    {
        // Two tenths of a percent, so that what is there can be seen.
        var width = Math.Max(to - from, to > from ? 0.002 : 0);
        return new Fragment(FormattableString.Invariant(
            $"""
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track"
            width="100" height="10"/><rect class="{style}" x="{100 * from:0.##}" width="{100 * width:0.##}"
            height="10"/></svg>
            """));
    }

    /// <summary>The style of the nth queue; the stylesheet has eight.</summary>
    public static string Queue(int index) => "q" + (char)('0' + (index % 8));

    /// <summary>A name that may stand in an <c>id</c> and in a link to it.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            slug.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-');
        }

        return slug.ToString();
    }
}
