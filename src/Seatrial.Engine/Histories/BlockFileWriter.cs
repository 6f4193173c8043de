using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Writes evidence: lines of JSON in blocks, each block a gzip member of its own, so that <c>zcat</c> shows the file
/// and a torn end costs one block. A block closes with its number, its count and a hash over itself and all blocks
/// before it; the file closes with an end line. What lacks either is damaged, and a reader says so.
/// </summary>
internal sealed class BlockFileWriter : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _lines = new(1 << 16);
    private readonly Utf8JsonWriter _json;
    private readonly MemoryStream _compressed = new();
    private byte[] _hash = [];
    private int _block;
    private long _total;

    private BlockFileWriter(FileStream file)
    {
        _file = file;
        _json =
            new Utf8JsonWriter(_lines, new JsonWriterOptions { SkipValidation = true, Encoder = EvidenceJson.Encoder });
    }

    /// <summary>Lines since the last block.</summary>
    public int Pending { get; private set; }

    /// <summary>Starts a file; one that is there already is evidence and is never overwritten.</summary>
    public static BlockFileWriter Create<THeader>(string path, THeader header)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        var writer = new BlockFileWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        writer.Line(new HeaderLine<THeader>(header));
        return writer;
    }

    public void Append<TItem>(in TItem item, LineFormat<TItem> format)
    {
        format(_json, item);
        EndLine();
        Pending++;
        _total++;
    }

    /// <summary>
    /// Closes the block and gives it to the operating system, so that it outlives this process. Can't be cancelled:
    /// half a block would be a damage.
    /// </summary>
    public async Task FlushAsync()
    {
        if (Pending > 0)
        {
            await CloseBlockAsync();
        }
    }

    /// <summary>Writes the last block and the end line, onto the disk itself.</summary>
    public async Task CompleteAsync<TEnd>(TEnd end)
    {
        await FlushAsync();
        Line(new EndLine<TEnd>(_total, end));
        await CloseBlockAsync();
        _file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await _compressed.DisposeAsync();
        await _file.DisposeAsync();
    }

    private async Task CloseBlockAsync()
    {
        _hash = EvidenceJson.Chain(_hash, _lines.WrittenSpan);
        Line(new BlockLine(_block++, Pending, Convert.ToHexStringLower(_hash)));
        _compressed.SetLength(0);
        await using (var gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(_lines.WrittenSpan);
        }

        _lines.ResetWrittenCount();
        Pending = 0;
        await _file.WriteAsync(_compressed.GetBuffer().AsMemory(0, (int)_compressed.Length));
        await _file.FlushAsync();
    }

    private void Line<T>(T line)
    {
        JsonSerializer.Serialize(_json, line, EvidenceJson.Options);
        EndLine();
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
    }
}
