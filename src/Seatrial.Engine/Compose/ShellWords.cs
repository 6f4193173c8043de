using System.Text;

namespace Seatrial.Engine.Compose;

/// <summary>Splits a command line into words: blanks part, quotes and backslashes hold together.</summary>
internal static class ShellWords
{
    /// <summary>Null when a quote is not closed or nothing follows a backslash.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is '\\' && quote is not '\'' && !(quote is '"' && !IsEscapedInQuotes(text, i + 1)))
            {
                if (++i == text.Length)
                {
                    return null;
                }

                word.Append(text[i]);
                inWord = true;
            }
            else if (quote is not '\0' ? letter == quote : letter is '\'' or '"')
            {
                quote = quote is '\0' ? letter : '\0';
                inWord = true;
            }
            else if (quote is '\0' && char.IsWhiteSpace(letter))
            {
                EndWord();
            }
            else
            {
                word.Append(letter);
                inWord = true;
            }
        }

        EndWord();
        return quote is '\0' ? words : null;

        void EndWord()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }

    // In double quotes a backslash is itself, but before these.
    private static bool IsEscapedInQuotes(string text, int index) =>
        index < text.Length && text[index] is '"' or '\\' or '$' or '`';
}
