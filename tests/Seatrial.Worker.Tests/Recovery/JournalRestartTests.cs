using System.Globalization;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

/// <summary>A worker that is killed while its journal holds finished work, and its successor.</summary>
public sealed class JournalRestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _again = [];

    private (string, string)[] Quick =>
    [
        ("WORKER__BATCH_SIZE", "10"),
        ("WORKER__CONCURRENCY", "1"),
        ("WORKER__POLL_INTERVAL", "20ms"),
        ("WORKER__JOURNAL_AFTER", "50ms"),
        ("STATE_FOLDER", _folder.PathOf("")),
        ("DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY", "100ms"),
    ];

    [Fact]
    public async Task A_successor_commits_what_was_finished_and_runs_only_the_rest()
    {
        await using var queue = await TestQueue.CreateAsync();
        await FillAndKillAsync(queue);

        // The leases have ended: who looked for them first would run the records again.
        await queue.ExecuteAsync(
            "update seatrial.records set lease_until = now() - interval '1 s' where state = 'running'");
        await using var successor = new TestWorker(queue.ConnectionString, Configure, Quick);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 50");

        Assert.Contains(
            successor.Log.Lines, line => line.Contains("The journal holds 2 entries", StringComparison.Ordinal));
        var before = WorkerProcess.Handled(_folder.PathOf(""));
        Assert.Equal(20, before.Count);
        Assert.Equal(30, _again.Count);
        Assert.Empty(before.Intersect(_again));
        Assert.Equal(
            ["20 1", "30 1"],
            await queue.RowsAsync("""
                select count(*), count(distinct owner) from seatrial.results
                group by owner order by 1
                """));
        Assert.Equal(0, await successor.StopAsync());
    }

    [Fact]
    public async Task What_others_took_over_meanwhile_is_dropped_from_the_journal()
    {
        await using var queue = await TestQueue.CreateAsync();
        await FillAndKillAsync(queue);

        var stolen = int.Parse(
            await queue.RowAsync("""
                with stolen as (
                    update seatrial.records set owner = 'thief', fence = fence + 1, lease_until = now() + interval '1 hour'
                    where state = 'running' and (payload->>'n')::int % 2 = 0 returning 1)
                select count(*) from stolen
                """),
            CultureInfo.InvariantCulture);
        Assert.NotEqual(0, stolen);
        await using var successor = new TestWorker(queue.ConnectionString, Configure, Quick);
        await queue.UntilAsync($"(select count(*) from seatrial.results) = {50 - stolen}");
        await successor.Log.SeenAsync("Wrote nothing for 5 records of q");

        Assert.Equal(
            [$"running {stolen}"],
            await queue.RowsAsync("select state, count(*) from seatrial.records group by 1 order by 1"));
        Assert.Equal("0", await queue.RowAsync("""
            select count(*) from seatrial.results join seatrial.records using (key) where owner = 'thief'
            """.Replace("owner", "records.owner", StringComparison.Ordinal)));
        Assert.Equal(0, await successor.StopAsync());
        await using var third = new TestWorker(queue.ConnectionString, Configure, Quick);
        await third.Log.SeenAsync("Working after");
        Assert.DoesNotContain(third.Log.Lines, line => line.Contains("The journal holds", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Leaves 20 of 50 records finished, all of them in the journal alone.</summary>
    private async Task FillAndKillAsync(TestQueue queue)
    {
        await queue.EnqueueAsync("q", 50);
        var (process, log) = WorkerProcess.Start(queue.ConnectionString, _folder.PathOf(""), Quick);
        using (process)
        {
            Outage? outage = null;
            try
            {
                await queue.UntilAsync("(select count(*) from seatrial.records where state = 'running') = 20");
                outage = await Outage.BeginAsync(queue.ConnectionString);
                _folder.Write("go", "");
                await log.SeenAsync("Kept 10 finished records of q in the journal", times: 2);
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(TestQueue.Cancellation);

                // Only now: nothing that it sent is still to be done.
                await (outage?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }

        queue.DataSource.Clear();
    }

    private void Configure(WorkerBuilder worker) => worker.Handle("q", TestJson.Default.Number, record =>
    {
        _again.Add(record.Key);
        return Outcome.Done(record.Payload, TestJson.Default.Number);
    });
}
