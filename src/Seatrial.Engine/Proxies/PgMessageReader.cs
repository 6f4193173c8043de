using System.Buffers.Binary;

namespace Seatrial.Engine.Proxies;

/// <summary>
/// Finds messages of PostgreSQL's protocol in a stream, however it is cut into pieces: a type, a length that counts
/// itself, a body (see "Message Formats" in PostgreSQL's manual). Of a body the beginning is kept.
/// </summary>
/// <param name="hasStart">Whether the stream begins with messages that have no type, as a client's does.</param>
/// <param name="keep">Bytes of a body to keep.</param>
internal sealed class PgMessageReader(bool hasStart, int keep)
{
    private const int LongestStart = 10_000;
    private const int CancelRequest = 80877102;
    private const int TlsRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly byte[] _header = new byte[5];
    private readonly byte[] _kept = new byte[keep];
    private readonly bool _isClient = hasStart;
    private bool _isFirst = true;
    private int _headerFilled;
    private long _bodyLeft;
    private int _keptFilled;

    /// <summary>Whether the stream is none of PostgreSQL's, or encrypted: nothing more is found in it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether the next message has no type.</summary>
    public bool IsStart { get; private set; } = hasStart;

    /// <summary>The type of the message that was read last; 0 for one without.</summary>
    public byte Type { get; private set; }

    /// <summary>The beginning of its body.</summary>
    public ReadOnlySpan<byte> Body => _kept.AsSpan(0, _keptFilled);

    /// <summary>Where in the piece it began; 0 where that was an earlier piece.</summary>
    public int Began { get; private set; }

    /// <summary>
    /// Reads on from <paramref name="at"/>, and moves it; true when a message has come to its end there, false at the
    /// piece's.
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> piece, ref int at)
    {
        Began = 0;
        while (at < piece.Length && !IsLost)
        {
            if (_headerFilled == 0 && IsAnswerToRequest(piece[at]))
            {
                at++;
                continue;
            }

            var headerLength = IsStart ? 4 : 5;
            if (_headerFilled < headerLength)
            {
                Began = _headerFilled == 0 ? at : Began;
                _header[_headerFilled++] = piece[at++];
                if (_headerFilled == headerLength)
                {
                    BeginBody();
                }
            }
            else
            {
                at += ReadBody(piece[at..]);
            }

            if (_headerFilled == headerLength && _bodyLeft == 0 && !IsLost)
            {
                EndMessage();
                return true;
            }
        }

        return false;
    }

    /// <summary>A server answers a request for encryption with one byte; only a refusal is followed by more.</summary>
    private bool IsAnswerToRequest(byte value)
    {
        if (_isClient || !_isFirst)
        {
            return false;
        }

        _isFirst = value is (byte)'N';
        IsLost = value is (byte)'S' or (byte)'G';
        return _isFirst;
    }

    private void BeginBody()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(IsStart ? 0 : 1));
        Type = IsStart ? (byte)0 : _header[0];
        IsLost = length < 4 || (IsStart ? length > LongestStart : !IsType(Type));
        _bodyLeft = IsLost ? 0 : length - 4;
        _keptFilled = 0;
    }

    private static bool IsType(byte type) => char.IsAsciiLetter((char)type) || type is >= (byte)'1' and <= (byte)'3';

    private int ReadBody(ReadOnlySpan<byte> piece)
    {
        var take = (int)Math.Min(piece.Length, _bodyLeft);
        var kept = Math.Min(take, _kept.Length - _keptFilled);
        piece[..kept].CopyTo(_kept.AsSpan(_keptFilled));
        _keptFilled += kept;
        _bodyLeft -= take;
        return take;
    }

    private void EndMessage()
    {
        _headerFilled = 0;
        if (!IsStart)
        {
            return;
        }

        // After a request for encryption another start follows, if it is refused.
        var code = _keptFilled >= 4 ? BinaryPrimitives.ReadInt32BigEndian(_kept) : 0;
        IsLost = code is CancelRequest;
        IsStart = code is TlsRequest or GssRequest;
    }
}
