using System.Text;

namespace Seatrial.Engine.Histories;

/// <summary>One string per distinct value: ids, keys and owners come millions of times and are kept once.</summary>
internal sealed class StringPool
{
    private const int StackLimit = 256;

    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public StringPool() => _lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > StackLimit)
        {
            return Intern(Encoding.UTF8.GetString(utf8).AsSpan());
        }

        Span<char> characters = stackalloc char[StackLimit];
        return Intern(characters[..Encoding.UTF8.GetChars(utf8, characters)]);
    }

    private string Intern(ReadOnlySpan<char> characters)
    {
        if (!_lookup.TryGetValue(characters, out var pooled))
        {
            pooled = characters.ToString();
            _strings.Add(pooled);
        }

        return pooled;
    }
}
