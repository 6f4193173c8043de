using System.Text;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Text that PostgreSQL takes, whatever an exception or a flow says: a record must not fail by its error.
/// </summary>
internal static class StorableText
{
    private const int Longest = 8000;

    /// <summary>Without NUL and halves of characters, and not endless.</summary>
    public static string Of(string text)
    {
        var taken = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken.Length >= Longest)
            {
                return taken.Append('…').ToString();
            }

            taken.Append(rune.Value == 0 ? "\\0" : rune.ToString());
        }

        return taken.ToString();
    }
}
