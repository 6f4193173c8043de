namespace Seatrial.Testing;

/// <summary>Damage done to a text: what, where, and with which letter.</summary>
public readonly record struct TextDamage(int Kind, int Place, char Letter)
{
    /// <summary>What <see cref="Kind"/> goes up to.</summary>
    public const int Kinds = 8;

    /// <summary>Letters that mean something in YAML, and some that break it.</summary>
    public const string Letters = " \t\n:-?{}[],&*#!|>'\"%@`~<$\\/.=ab1\0\u0085é";

    /// <summary>The text with the damage done.</summary>
    public string Apply(string text)
    {
        if (text.Length is 0)
        {
            return text;
        }

        var at = Place % text.Length;
        var line = text.LastIndexOf('\n', at) + 1;
        var next = text.IndexOf('\n', line) + 1;
        var end = next > line ? next : text.Length;
        return Kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, Letter.ToString()),
            2 => text[..at] + Letter + text[(at + 1)..],
            3 => text[..line] + text[Math.Max(line, end)..],
            4 => text.Insert(line, text[line..end]),
            5 => text.Insert(line, "  "),
            6 => text[..at],
            7 => text[line..end] + text,
            _ => text.Insert(at, text[line..end]),
        };
    }
}
