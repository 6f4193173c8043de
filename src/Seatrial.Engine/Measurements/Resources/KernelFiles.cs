using System.Buffers.Text;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>Reads the kernel's small files into one buffer: they are read some dozens of times a second.</summary>
internal sealed class KernelFiles
{
    private byte[] _buffer = new byte[1 << 14];

    /// <summary>The whole of a file, until the next call; empty when there is none.</summary>
    public ReadOnlySpan<byte> Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
            var length = 0;
            while (RandomAccess.Read(file, _buffer.AsSpan(length), length) is > 0 and var more)
            {
                length += more;
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, 2 * length);
                }
            }

            return _buffer.AsSpan(0, length);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The first number in a text; null where it does not begin with one: <c>max</c>.</summary>
    public static long? Number(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        return Utf8Parser.TryParse(text, out ulong number, out _) ? (long)Math.Min(number, long.MaxValue) : null;
    }

    /// <summary>The number of the line <c>name number</c>; 0 where there is none.</summary>
    public static long Named(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.Length > name.Length && line.StartsWith(name) && line[name.Length] is (byte)' ' or (byte)':')
            {
                return Number(line[(name.Length + 1)..]) ?? 0;
            }
        }

        return 0;
    }

    /// <summary>The sum of all numbers that follow a word: of <c>8:0 Read 4096</c>, or of <c>rbytes=4096</c>.</summary>
    public static long Sum(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var sum = 0L;
        for (var at = text.IndexOf(word); at >= 0; at = text.IndexOf(word))
        {
            text = text[(at + word.Length)..];
            sum += Number(text) ?? 0;
        }

        return sum;
    }

    /// <summary>Bytes in and out by <c>/proc/PID/net/dev</c>, without the loopback.</summary>
    public static (long Received, long Sent) Network(ReadOnlySpan<byte> text)
    {
        var (received, sent) = (0L, 0L);
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimStart((byte)' ');
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && !line[..colon].SequenceEqual("lo"u8))
            {
                var fields = line[(colon + 1)..];
                received += Field(fields, 0);
                sent += Field(fields, 8);
            }
        }

        return (received, sent);
    }

    private static long Field(ReadOnlySpan<byte> fields, int which)
    {
        for (var i = 0; i < which; i++)
        {
            fields = fields.TrimStart((byte)' ');
            var space = fields.IndexOf((byte)' ');
            fields = space < 0 ? [] : fields[space..];
        }

        return Number(fields) ?? 0;
    }
}
