namespace Seatrial.Engine.Histories;

/// <summary>Lines of a stream, with the bytes of the current block kept together for its hash.</summary>
internal sealed class LineScanner(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 18];
    private int _block;
    private int _at;
    private int _end;

    /// <summary>Whether something was read since the last block was taken.</summary>
    public bool HasBlock => _at > _block || _end > _at;

    /// <summary>The next whole line without its end; false when none is left.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var scanned = _at;
        while (true)
        {
            var length = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_at, scanned + length - _at);
                _at = scanned + length + 1;
                return true;
            }

            scanned = _end;
            if (!Fill(ref scanned))
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>
    /// The block's bytes without the <paramref name="closing"/> ones that were read last; the next block begins here.
    /// </summary>
    public ReadOnlySpan<byte> TakeBlock(int closing)
    {
        var block = _buffer.AsSpan(_block, _at - closing - _block);
        _block = _at;
        return block;
    }

    public void Dispose() => stream.Dispose();

    private bool Fill(ref int scanned)
    {
        if (_block > 0)
        {
            _buffer.AsSpan(_block, _end - _block).CopyTo(_buffer);
            _at -= _block;
            _end -= _block;
            scanned -= _block;
            _block = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
