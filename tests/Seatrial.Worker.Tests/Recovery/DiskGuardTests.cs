using Microsoft.Extensions.Time.Testing;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

public sealed class DiskGuardTests : IDisposable
{
    private const int Kilobyte = 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly LogWatch _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _taken = [];

    [Fact]
    public void Room_is_made_step_by_step_and_only_then_intake_ends()
    {
        using var disk = TinyDisk.Mount(_folder.PathOf(""), "1m");
        _folder.Write("a", new string('x', 50 * Kilobyte));
        _folder.Write("b", new string('x', 50 * Kilobyte));
        var guard = new DiskGuard(
            _folder.PathOf(""), 100 * Kilobyte, [Step("a"), Step("b")], _time, _log);
        guard.Look();
        Assert.Equal((false, 0), (guard.IsLow, _taken.Count));

        disk.FillUpTo(80 * Kilobyte);
        guard.Look();
        Assert.Equal(["a"], _taken);
        Assert.False(guard.IsLow);

        disk.FillUpTo(10 * Kilobyte);
        _time.Advance(TimeSpan.FromMinutes(1));
        guard.Look();
        guard.Look();
        Assert.Equal(["a", "a", "b"], _taken);
        Assert.True(guard.IsLow);
        Assert.Single(_log.Lines, line => line.Contains("nothing more to give", StringComparison.Ordinal));

        disk.MakeRoom();
        guard.Look();
        guard.Look();
        Assert.False(guard.IsLow);
        Assert.Single(_log.Lines, line => line.Contains("has room again", StringComparison.Ordinal));
    }

    [Fact]
    public void Temporary_files_go_when_nobody_writes_to_them_and_nothing_else_does()
    {
        Directory.CreateDirectory(_folder.PathOf("tmp"));
        foreach (var name in new[] { "old.tmp", "new.tmp", "journal-flow-1.db", "tmp/old", "tmp/new" })
        {
            _folder.Write(name, "");
        }

        var now = TimeProvider.System.GetUtcNow();
        foreach (var name in new[] { "old.tmp", "journal-flow-1.db", "tmp/old" })
        {
            File.SetLastWriteTimeUtc(_folder.PathOf(name), now.UtcDateTime.AddHours(-1));
        }

        TemporaryFiles.Clean(_folder.PathOf(""), TimeProvider.System);

        Assert.Equal(
            ["journal-flow-1.db", "new", "new.tmp"],
            Directory.EnumerateFiles(_folder.PathOf(""), "*", SearchOption.AllDirectories)
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_worker_stops_its_intake_before_the_disk_is_full_and_goes_on_when_there_is_room()
    {
        using var disk = TinyDisk.Mount(_folder.PathOf(""), "2m");
        _folder.Write("old.tmp", new string('x', 50 * Kilobyte));
        File.SetLastWriteTimeUtc(_folder.PathOf("old.tmp"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            ("STATE_FOLDER", _folder.PathOf("")), ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms"),
            ("WORKER__POLL_INTERVAL", "20ms"));
        await worker.Log.SeenAsync("Working after");

        disk.FillUpTo(20 * Kilobyte);
        await worker.Log.SeenAsync("Claims nothing more for now, because of disk");
        await worker.Log.SeenAsync("Health of intake went from healthy to degraded");
        await queue.EnqueueAsync("q", 10);
        await Eventually.HoldsAsync(worker.Log, async () => (await worker.GetAsync("/metrics")).Body.Contains(
            "seatrial_queue_depth{seatrial_queue=\"q\"} 10\n", StringComparison.Ordinal));

        Assert.False(File.Exists(_folder.PathOf("old.tmp")));
        var lines = worker.Log.Lines.ToList();
        Assert.True(
            lines.FindIndex(line => line.Contains("Removed temporary files", StringComparison.Ordinal))
            < lines.FindIndex(line => line.Contains("Gave the journal's free pages back", StringComparison.Ordinal)));
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.records where state <> 'ready'"));
        disk.MakeRoom();
        await queue.UntilAsync("(select count(*) from seatrial.results) = 10");
        Assert.Equal(0, await worker.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private (string, Action) Step(string name) => ($"Removed {name}", () =>
    {
        _taken.Add(name);
        File.Delete(_folder.PathOf(name));
    }
    );
}
