using System.IO.Compression;
using CsCheck;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Tests.Checks;

namespace Seatrial.Engine.Tests.Histories;

public sealed class BlockFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blocks").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, EvidenceFiles.History);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Any_event_comes_back_as_it_was_written() => Gen.Select(
        Gen.Select(Gen.Long, Gen.ULong, Gen.UInt, Gen.Long), Gen.Enum<EventKind>(), Gen.String.Array[3],
        Gen.String.Null(), Gen.Long.Nullable()).Sample(
        (numbers, kind, texts, text, number) =>
        {
            var happened = new HistoryEvent
            {
                Index = numbers.Item1,
                CommitLsn = numbers.Item2,
                Xid = numbers.Item3,
                At = numbers.Item4,
                Kind = kind,
                Queue = texts[0],
                Record =
                    texts[1],
                Owner = text,
                Key = texts[2],
                Epoch = number,
                LeaseUntil = number,
                Detail = text,
            };
            using var buffer = new MemoryStream();
            using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
            {
                HistoryFormat.Write(json, happened);
            }

            Assert.Equal(Scrubbed(happened), HistoryFormat.Parser()(buffer.ToArray()));
        });

    [Fact]
    public async Task A_whole_file_is_read_to_its_end_and_zcat_shows_it()
    {
        await WriteAsync(blocks: 3);

        var (events, reader) = Read();

        Assert.Null(reader.Damage);
        Assert.Equal(Events(3), events);
        Assert.Equal("slot", reader.Header?.Slot);
        Assert.Equal("0/10", reader.End?.ReadUpTo);
        await using var zcat = new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress);
        using var text = new StreamReader(zcat);
        Assert.StartsWith("{\"header\":{\"version\":1", await text.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.StartsWith("{\"index\":0,\"lsn\":\"0/", await text.ReadLineAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_its_end_gives_its_blocks_and_says_so()
    {
        await WriteAsync(blocks: 3, end: false);

        var (events, reader) = Read();

        Assert.Equal(Events(3), events);
        Assert.Equal("it breaks off after block 2: it has no end line", reader.Damage);
    }

    [Fact]
    public async Task A_file_torn_anywhere_never_reads_as_whole()
    {
        await WriteAsync(blocks: 2);
        var whole = await System.IO.File.ReadAllBytesAsync(File, Token);
        for (var length = 0; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], Token);
            var (events, reader) = Read();
            Assert.Equal(events, Events(2).Take(events.Count));
            Assert.True(reader.Damage is not null || (reader.End is not null && events.Count == Events(2).Count));
        }
    }

    [Fact]
    public async Task A_wrong_byte_anywhere_never_reads_as_other_events()
    {
        await WriteAsync(blocks: 2);
        var whole = await System.IO.File.ReadAllBytesAsync(File, Token);
        for (var at = 0; at < whole.Length; at++)
        {
            var wrong = (byte[])whole.Clone();
            wrong[at] ^= 0x10;
            await System.IO.File.WriteAllBytesAsync(File, wrong, Token);
            var (events, reader) = Read();
            Assert.Equal(events, Events(2).Take(events.Count));
            Assert.True(reader.Damage is not null || events.Count == Events(2).Count);
        }
    }

    [Fact]
    public async Task A_block_taken_out_of_the_middle_is_missed()
    {
        await WriteAsync(blocks: 3);
        var whole = await System.IO.File.ReadAllBytesAsync(File, Token);
        var second = Members(whole)[1];
        await System.IO.File.WriteAllBytesAsync(File, [.. whole[..second.Start], .. whole[second.End..]], Token);

        var (events, reader) = Read();

        Assert.Equal(Events(1), events);
        Assert.Contains("should be block 1", reader.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_is_never_overwritten()
    {
        await WriteAsync(blocks: 1);

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(blocks: 1));
    }

    [Fact]
    public void A_missing_file_is_damage_and_no_exception() =>
        Assert.StartsWith("there is no ", Read().Reader.Damage, StringComparison.Ordinal);

    /// <summary>Unpaired surrogates are no text, and PostgreSQL never sends them.</summary>
    private static HistoryEvent Scrubbed(HistoryEvent happened) => happened with
    {
        Queue = Scrub(happened.Queue) ?? "",
        Record = Scrub(happened.Record) ?? "",
        Owner = Scrub(happened.Owner),
        Key = Scrub(happened.Key),
        Detail = Scrub(happened.Detail),
    };

    private static string? Scrub(string? text) => text is null
        ? null
        : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static List<HistoryEvent> Events(int blocks) => [.. Simulation.Example.Events.Take(blocks * 20)];

    private static List<(int Start, int End)> Members(byte[] file)
    {
        var starts = Enumerable.Range(
            0, file.Length - 2).Where(i => file[i] == 0x1f && file[i + 1] == 0x8b && file[i + 2] == 8).ToList();
        return [.. starts.Select((start, i) => (start, i + 1 < starts.Count ? starts[i + 1] : file.Length))];
    }

    private async Task WriteAsync(int blocks, bool end = true)
    {
        await using var writer = BlockFileWriter.Create(
            File,
            new HistoryHeader
            {
                Mapping =
                SimulatedTrial.WorkerMapping,
                Server = "PostgreSQL",
                Slot = "slot",
                From = "0/0"
            });
        foreach (var block in Events(blocks).Chunk(20))
        {
            foreach (var happened in block)
            {
                writer.Append(happened, HistoryFormat.Write);
            }

            await writer.FlushAsync();
        }

        if (end)
        {
            await writer.CompleteAsync(
                new HistoryEnd { Gaps = [], MarkSeen = true, ReadUpTo = "0/10", Ignored = 0 });
        }
    }

    private (List<HistoryEvent> Events, BlockFileReader<HistoryHeader, HistoryEvent, HistoryEnd> Reader) Read()
    {
        using var reader = new BlockFileReader<HistoryHeader, HistoryEvent, HistoryEnd>(File, HistoryFormat.Parser());
        var events = new List<HistoryEvent>();
        while (reader.ReadBlock() is { } block)
        {
            events.AddRange(block);
        }

        return (events, reader);
    }
}
