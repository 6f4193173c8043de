using System.Buffers.Binary;
using System.Text;

namespace Seatrial.Engine.Histories;

/// <summary>Reads the primitives of a pgoutput message, which are big-endian.</summary>
internal ref struct PgOutputReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>How far it was read.</summary>
    public readonly int Position => _at;

    public byte Byte() => _message[_at++];

    public short Int16()
    {
        var value = BinaryPrimitives.ReadInt16BigEndian(_message[_at..]);
        _at += sizeof(short);
        return value;
    }

    public int Int32()
    {
        var value = BinaryPrimitives.ReadInt32BigEndian(_message[_at..]);
        _at += sizeof(int);
        return value;
    }

    public uint UInt32() => (uint)Int32();

    public long Int64()
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(_message[_at..]);
        _at += sizeof(long);
        return value;
    }

    public ulong UInt64() => (ulong)Int64();

    public string Text()
    {
        var length = _message[_at..].IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(_message.Slice(_at, length));
        _at += length + 1;
        return text;
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = _message.Slice(_at, length);
        _at += length;
        return bytes;
    }

    public void Skip(int length) => _at += length;
}
