using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

public sealed class JournalTests : IDisposable
{
    private const int Entries = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly LogWatch _log = new();

    [Fact]
    public void An_entry_comes_back_as_it_was()
    {
        using (var journal = Open())
        {
            Assert.True(journal.TryAppend(Entry(1)));
        }

        using var again = Open();
        var (id, entry) = Assert.NotNull(again.NextAfter(0));
        Assert.NotNull(entry);
        Assert.Equal(("q", "me"), (entry.Queue, entry.Owner));
        Assert.Equal([1L, 2L, 3L], entry.Records.Select(record => record.Fence));
        Assert.IsType<Ending.Done>(entry.Records[0].Decided());
        Assert.Equal(new Ending.Dead("it is wrong"), entry.Records[1].Decided());
        Assert.Equal(new Ending.Retry("once more", TimeSpan.FromSeconds(3)), entry.Records[2].Decided());
        Assert.Equal(1, again.Depth.Entries);
        again.Remove(id);
        Assert.Equal((0, 0), again.Depth);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled")]
    [InlineData("half")]
    public void A_torn_last_write_costs_the_last_entry_at_most(string way)
    {
        Crash(wal =>
        {
            using var file = File.Open(wal, FileMode.Open);
            switch (way)
            {
                case "cut":
                    file.SetLength(file.Length - 1);
                    break;
                case "garbled":
                    file.Seek(-2000, SeekOrigin.End);
                    file.Write(Enumerable.Repeat((byte)0xFF, 100).ToArray());
                    break;
                default:
                    file.SetLength(file.Length - 3000);
                    break;
            }
        });

        using var journal = Open("crashed");

        Assert.Equal(Owners(Entries - 1), OwnersIn(journal));
        Assert.True(journal.TryAppend(Entry(9)));
        Assert.Equal([.. Owners(Entries - 1), "me9"], OwnersIn(journal));
    }

    [Fact]
    public void A_crash_costs_nothing_that_was_kept()
    {
        Crash(_ => { });

        using var journal = Open("crashed");

        Assert.Equal(Owners(Entries), OwnersIn(journal));
    }

    [Fact]
    public void A_file_that_is_none_is_set_aside_and_a_new_one_begun()
    {
        _folder.Write("journal-flow-1.db", string.Concat(Enumerable.Repeat("not a database ", 1000)));

        using var journal = Open();

        Assert.True(journal.TryAppend(Entry(1)));
        Assert.True(File.Exists(_folder.PathOf("journal-flow-1.db.broken")));
        Assert.Contains(_log.Lines, line => line.Contains("can't be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_workers_with_one_folder_have_a_journal_each()
    {
        using var one = Open();
        using var two = Open();

        Assert.True(one.TryAppend(Entry(1)));

        Assert.Equal((1, 0), (one.Depth.Entries, two.Depth.Entries));
    }

    [Fact]
    public void It_takes_no_more_than_it_may_and_gives_back_what_it_no_longer_needs()
    {
        using var journal = Journal.Open(_folder.PathOf(""), "flow", 1 << 20, _log)!;
        var taken = 0;
        while (journal.TryAppend(Entry(taken)))
        {
            taken++;
        }

        Assert.InRange(journal.Depth.Bytes, (1 << 20) * 0.9, 1 << 20);
        Assert.Equal(taken, journal.Depth.Entries);
        journal.GiveBack();
        var full = Size();
        while (journal.NextAfter(0) is { } next)
        {
            journal.Remove(next.Id);
        }

        journal.GiveBack();
        Assert.True(Size() < full / 10, $"{Size()} of {full} bytes are left.");
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Owners(int count) => [.. Enumerable.Range(0, count).Select(i => $"me{i}")];

    private static string[] OwnersIn(Journal journal)
    {
        var owners = new List<string>();
        var last = 0L;
        while (journal.NextAfter(last) is { } next)
        {
            last = next.Id;
            owners.Add(next.Entry?.Owner ?? "?");
        }

        return [.. owners];
    }

    private Journal Open(string folder = "") =>
        Journal.Open(_folder.PathOf(folder), "flow", 1 << 26, _log) ?? throw new InvalidOperationException("none");

    private long Size() => new DirectoryInfo(_folder.PathOf("")).GetFiles("journal*").Sum(file => file.Length);

    // What lies on the disk when the machine stops in the middle of the last write.
    private void Crash(Action<string> damage)
    {
        using var journal = Open();
        for (var i = 0; i < Entries; i++)
        {
            Assert.True(journal.TryAppend(Entry(i) with { Owner = $"me{i}" }));
        }

        Directory.CreateDirectory(_folder.PathOf("crashed"));
        foreach (var name in new[] { "journal-flow-1.db", "journal-flow-1.db-wal" })
        {
            File.Copy(_folder.PathOf(name), _folder.PathOf("crashed/" + name));
        }

        damage(_folder.PathOf("crashed/journal-flow-1.db-wal"));
    }

    private static JournalEntry Entry(int number)
    {
        Ending[] endings =
        [
            new Ending.Done(Outcome.Done(new Number(number), TestJson.Default.Number)),
            new Ending.Dead("it is wrong"),
            new Ending.Retry("once more", TimeSpan.FromSeconds(3)),
        ];
        var records = endings.Select((ending, i) => new HandledRecord(
            new ClaimedRecord(number + i, $"k{number + i}", new byte[2000], i + 1, 1), null, ending));
        return new JournalEntry
        {
            Queue = "q",
            Owner = number == 1 ? "me" : $"me{number}",
            Records = [.. records.Select(JournalRecord.Of)],
        };
    }
}
