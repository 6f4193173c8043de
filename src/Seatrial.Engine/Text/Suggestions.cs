namespace Seatrial.Engine.Text;

/// <summary>"Did you mean": the one home of guesses at what a mistyped word was meant to be.</summary>
public static class Suggestions
{
    // Beyond this a word is not a typing error but something else; it also bounds the work on hostile input.
    private const int LongestWord = 64;

    /// <summary>The known word that is so near that a slip of the fingers explains the difference, or null.</summary>
    public static string? Closest(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        return known
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (Word: candidate, Distance: Distance(word, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(word.Length, candidate.Word.Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary><c>Did you mean image? </c> with its closing blank, or nothing.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known) =>
        Closest(word, known) is { } closest ? $"Did you mean {closest}? " : "";

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words, letters' case aside.</summary>
    internal static int Distance(string from, string to)
    {
        var a = from.ToLowerInvariant();
        var b = to.ToLowerInvariant();
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            edits[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            edits[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replace, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
