using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Seatrial.Reports;

/// <summary>Text of containers and records as it may be shown: it is hostile until shown otherwise.</summary>
internal static partial class Printable
{
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(IsSuspect)]);

    /// <summary>
    /// Without terminal colours; control characters as their pictures (<c>␀</c>); half surrogates, non-characters and
    /// marks that turn the direction of writing as <c>�</c>, since XML forbids the ones and the others make a reader
    /// see what does not stand there.
    /// </summary>
    public static string Of(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny(Suspects))
        {
            return text ?? "";
        }

        var printable = new StringBuilder(text.Length);
        foreach (var rune in TerminalSequence().Replace(text, "").EnumerateRunes())
        {
            printable.Append(rune.Value switch
            {
                '\n' or '\t' => ((char)rune.Value).ToString(),
                '\r' => "",
                < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
                0x7F => "␡",
                < 0x10000 when IsSuspect((char)rune.Value) => "�",
                _ => rune.ToString(),
            });
        }

        return printable.ToString();
    }

    private static bool IsSuspect(char c) => char.IsSurrogate(c)
        || (char.IsControl(c) && c is not '\n' and not '\t')
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or >= '\uFFFE';

    [GeneratedRegex(@"\x1B\[[0-9;?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(\x07|\x1B\\)")]
    private static partial Regex TerminalSequence();
}
