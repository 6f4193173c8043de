using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Proxies;

/// <summary>
/// Follows what a client asks for, and tells of each exchange, which ends with a Sync or is one simple query, whether
/// it may write. What has no transaction of its own commits with the exchange, and nothing that the server sends says
/// whether there was something to commit.
/// </summary>
internal sealed partial class WriteScanner
{
    private const int Kept = 16 * 1024;

    private readonly PgMessageReader _reader = new(hasStart: true, Kept);
    private readonly HashSet<string> _writing = [];
    private bool _writes;

    /// <summary>One for each exchange that was asked for and not yet answered.</summary>
    public ConcurrentQueue<bool> Exchanges { get; } = new();

    public void Read(ReadOnlySpan<byte> piece)
    {
        var at = 0;
        while (_reader.TryRead(piece, ref at))
        {
            switch ((char)_reader.Type)
            {
                case '\0' when !_reader.IsStart:
                    // The server says that it is ready for the first time.
                    Exchanges.Enqueue(false);
                    break;
                case 'P':
                    Parsed();
                    break;
                case 'B':
                    _writes |= _writing.Contains(Text(After(_reader.Body)));
                    break;
                case 'Q':
                    Exchanges.Enqueue(IsWrite(_reader.Body));
                    break;
                case 'S':
                    Exchanges.Enqueue(_writes);
                    _writes = false;
                    break;
                default:
                    break;
            }
        }
    }

    private void Parsed()
    {
        var name = Text(_reader.Body);
        if (IsWrite(After(_reader.Body)))
        {
            _writing.Add(name);
        }
        else
        {
            _writing.Remove(name);
        }
    }

    private static bool IsWrite(ReadOnlySpan<byte> sql) => WriteWords().IsMatch(Text(sql));

    /// <summary>Up to a zero, or as far as was kept.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> bytes) => bytes[(bytes.IndexOf((byte)0) + 1)..];

    [GeneratedRegex(@"\b(insert|update|delete|merge|copy)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WriteWords();
}
