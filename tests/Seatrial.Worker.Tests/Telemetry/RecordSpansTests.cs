using System.Diagnostics;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Telemetry;

public sealed class RecordSpansTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly (string, string)[] Quick =
    [
        ("WORKER__RETRY_CONFIG__FIRST_DELAY", "1ms"), ("WORKER__RETRY_CONFIG__MAX_DELAY", "1ms"),
        ("WORKER__POLL_INTERVAL", "20ms"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_trace_shows_a_records_way_through_three_queues(bool inChunks)
    {
        using var spans = new SpanWatch();
        await using var queue = await TestQueue.CreateAsync();
        using var root = await EnqueueAsync(queue, spans, inChunks);
        void Configure(WorkerBuilder worker)
        {
            worker.Handle("first", TestJson.Default.Number, record => Next("second", record));
            worker.Handle("second", TestJson.Default.Number, record => Next("third", record));
            worker.Handle("third", TestJson.Default.Number, _ => Outcome.Done());
        }

        await using (var worker = new TestWorker(queue.ConnectionString, Configure, Quick))
        {
            await queue.UntilAsync("exists (select from seatrial.results where queue = 'third')");
        }

        var way = spans.Of(root).Where(span => span.Kind == ActivityKind.Consumer).ToList();
        Assert.Equal(["first process", "second process", "third process"], way.Select(span => span.OperationName));
        Assert.Equal([root.SpanId, way[0].SpanId, way[1].SpanId], way.Select(span => span.ParentSpanId));
        Assert.All(way, span => Assert.Equal("k1", span.GetTagItem("seatrial.key")));
        Assert.All(way, span => Assert.Equal(ActivityStatusCode.Ok, span.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_attempt_is_a_span_of_the_same_trace_and_its_log_lines_bear_the_ids(bool inChunks)
    {
        using var spans = new SpanWatch();
        await using var queue = await TestQueue.CreateAsync();
        using var root = await EnqueueAsync(queue, spans, inChunks);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("first", TestJson.Default.Number, record =>
                record.Attempt == 1 ? throw new TimeoutException("away") : Outcome.Done()),
            Quick);
        await queue.UntilAsync("exists (select from seatrial.results)");

        var attempts = spans.Of(root).Where(span => span.Kind == ActivityKind.Consumer).ToList();
        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Ok], attempts.Select(attempt => attempt.Status));
        Assert.All(attempts, attempt => Assert.Equal(root.SpanId, attempt.ParentSpanId));
        Assert.Contains(attempts[0].Events, told => told.Name == "exception");
        Assert.Equal(
            [$"{root.TraceId}/{attempts[0].SpanId}"], worker.Log.SpansOf("first failed on record"));
    }

    [Fact]
    public async Task Without_a_listener_the_trace_goes_on_to_what_follows()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        await queue.ExecuteAsync($"update seatrial.records set trace = '{Trace}'");
        var batch = await queue.As("me").ClaimAsync("q", 1, TimeSpan.FromMinutes(1));

        Assert.NotNull(batch);
        await queue.As("me").EndAsync(batch, _ => Ending.Of(Next("next", new Number(1))));

        Assert.Equal(Trace, await queue.RowAsync("select trace from seatrial.records where queue = 'next'"));
    }

    [Fact]
    public async Task A_trace_that_is_none_costs_nobody_the_record()
    {
        using var spans = new SpanWatch();
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        await queue.ExecuteAsync("update seatrial.records set trace = 'yesterday'");
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            Quick);

        await queue.UntilAsync("exists (select from seatrial.results)");
    }

    [Fact]
    public void The_journal_keeps_the_trace_of_the_span_that_decided()
    {
        var claimed = new ClaimedRecord(1, "k", [], 1, 1) { Trace = "before" };
        var done = new HandledRecord(claimed, null, Ending.Of(Outcome.Done() with { Trace = Trace }));
        var retried = new HandledRecord(claimed, null, new Ending.Retry("again", TimeSpan.Zero));

        Assert.Equal(Trace, JournalRecord.Of(done).Claimed.Trace);
        Assert.Equal("before", JournalRecord.Of(retried).Claimed.Trace);
    }

    private static Outcome Next(string queue, Record<Number> record) => Next(queue, record.Payload);

    private static Outcome Next(string queue, Number payload) =>
        Outcome.Done().Then(queue, payload, TestJson.Default.Number);

    /// <summary>One record, put in within a span of the test's.</summary>
    private static async Task<Activity> EnqueueAsync(TestQueue queue, SpanWatch spans, bool inChunks)
    {
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        using var root = spans.Begin();
        NewRecord<Number>[] records = [new("k1", new Number(1))];
        await (inChunks
            ? RecordWriter.EnqueueChunksAsync(
                connection, "first", records, TestJson.Default.Number, cancellationToken: TestQueue.Cancellation)
            : RecordWriter.EnqueueAsync(
                connection, "first", records, TestJson.Default.Number, TestQueue.Cancellation));
        return root;
    }
}
