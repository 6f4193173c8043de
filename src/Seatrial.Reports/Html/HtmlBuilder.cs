using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Seatrial.Reports.Html;

/// <summary>
/// Markup from interpolated strings, in which the literal parts are trusted and every hole is escaped, so that no
/// section can forget to. The markup is well-formed XML too, which the tests parse it as.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup, which writes itself while the string is put together, and ends the line.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Markup markup) => _text.Append('\n');

    /// <summary>Adds our own text as it stands: style and script.</summary>
    public void AddTrusted(string text) => _text.Append(text);

    public override string ToString() => _text.ToString();

    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount, HtmlBuilder builder)
        {
            _text = builder._text;
            _text.EnsureCapacity(_text.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string trusted) => _text.Append(trusted);

        public void AppendFormatted(string? text)
        {
            foreach (var c in Printable.Of(text))
            {
                _ = c switch
                {
                    '&' => _text.Append("&amp;"),
                    '<' => _text.Append("&lt;"),
                    '>' => _text.Append("&gt;"),
                    '"' => _text.Append("&quot;"),
                    '\'' => _text.Append("&#39;"),
                    _ => _text.Append(c),
                };
            }
        }

        public void AppendFormatted(Fragment fragment) => _text.Append(fragment.Markup);

        /// <summary>Without separators, since most are attributes; counts for readers come as text.</summary>
        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A coordinate: a tenth of a pixel is enough, and keeps the file small.</summary>
        public void AppendFormatted(double coordinate) =>
            _text.Append(coordinate.ToString("0.#", CultureInfo.InvariantCulture));
    }
}

/// <summary>A piece of markup that is trusted because <see cref="Tags"/> made it.</summary>
internal readonly record struct Fragment(string Markup);
