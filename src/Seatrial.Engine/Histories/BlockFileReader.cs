using System.IO.Compression;
using System.Text.Json;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Reads an evidence file block by block, and gives out only blocks whose hash is right: half a block, or one with a
/// wrong bit in it, must not accuse anybody.
/// </summary>
internal sealed class BlockFileReader<THeader, TItem, TEnd> : IDisposable
    where THeader : class
    where TEnd : class
{
    private readonly LineParser<TItem> _parse;
    private readonly LineScanner? _lines;
    private readonly List<TItem> _items = [];
    private byte[] _hash = [];
    private int _block;
    private long _total;

    public BlockFileReader(string path, LineParser<TItem> parse)
    {
        _parse = parse;
        if (!File.Exists(path))
        {
            Damage = $"there is no {path}";
            return;
        }

        _lines = new LineScanner(
            new GZipStream(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), CompressionMode.Decompress));
    }

    /// <summary>Known once the first block is read.</summary>
    public THeader? Header { get; private set; }

    /// <summary>Known once the file is read to its end; null when it has none.</summary>
    public TEnd? End { get; private set; }

    /// <summary>Why the file can't be read to its end; null as long as it can.</summary>
    public string? Damage { get; private set; }

    /// <summary>
    /// The next block's items, in a list that the next call overwrites; null at the end, of whichever kind (<see
    /// cref="Damage"/>).
    /// </summary>
    public List<TItem>? ReadBlock()
    {
        if (Damage is not null || _lines is null)
        {
            return null;
        }

        try
        {
            return Next(_lines);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or JsonException
            or FormatException or InvalidOperationException)
        {
            Damage = $"block {_block} can't be read: {exception.Message}";
            return null;
        }
    }

    public void Dispose() => _lines?.Dispose();

    private List<TItem>? Next(LineScanner lines)
    {
        _items.Clear();
        TEnd? end = null;
        THeader? header = null;
        while (lines.TryRead(out var line))
        {
            if (line.StartsWith("{\"block\":"u8))
            {
                return Close(Parse<BlockLine>(line), lines.TakeBlock(line.Length + 1), header, end);
            }

            if (End is not null || end is not null)
            {
                throw new InvalidDataException("something follows the end line");
            }

            if (line.StartsWith("{\"end\":"u8))
            {
                var last = Parse<EndLine<TEnd>>(line);
                end = last.Total == _total
                    ? last.Facts
                    : throw new InvalidDataException($"the end line says {last.Total} items, {_total} were read");
            }
            else if (line.StartsWith("{\"header\":"u8))
            {
                header = Parse<HeaderLine<THeader>>(line).Header;
            }
            else
            {
                _items.Add(_parse(line));
            }
        }

        Damage = lines.HasBlock
            ? $"block {_block} is torn: it has no closing line"
            : End is null ? $"it breaks off after block {_block - 1}: it has no end line" : null;
        return null;
    }

    private List<TItem> Close(BlockLine closing, ReadOnlySpan<byte> block, THeader? header, TEnd? end)
    {
        _hash = EvidenceJson.Chain(_hash, block);
        if (closing.Block != _block
            || closing.Count != _items.Count || closing.Sha256 != Convert.ToHexStringLower(_hash))
        {
            throw new InvalidDataException(
                $"it should be block {_block} with {_items.Count} items; its closing line says block {closing.Block} with "
                + $"{closing.Count}, or its hash differs");
        }

        _block++;
        _total += _items.Count;
        Header ??= header;
        End ??= end;
        return _items;
    }

    private static T Parse<T>(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize<T>(line, EvidenceJson.Options)
        ?? throw new InvalidDataException("a line is null");
}
