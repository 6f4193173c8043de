using System.Net;
using System.Text.Json;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Http;

/// <summary>Where records stand and what was published, at a whole worker.</summary>
public sealed class ServedRecordsTests
{
    [Fact]
    public async Task A_record_is_followed_through_the_queues_to_its_result()
    {
        await using var queue = await TestQueue.CreateAsync();
        var hold = new TaskCompletionSource();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder =>
            {
                builder.ServeRecords();
                builder.Handle("q", TestJson.Default.Number, record => record.Payload.Value == 9
                    ? Outcome.Reject("nine is wrong")
                    : Outcome.Done(record.Payload, TestJson.Default.Number)
                        .Then("second", record.Payload, TestJson.Default.Number)).TakeInOverHttp();
                builder.Handle("second", TestJson.Default.Number, async (record, token) =>
                {
                    await hold.Task.WaitAsync(token);
                    return Outcome.Done(record.Payload, TestJson.Default.Number);
                });
            });
        await worker.Log.SeenAsync("Working after");
        using var http = new HttpCaller(worker.Port);
        await http.PostAsync(
            """[{"key": "x/ y", "payload": {"n": 1}}, {"key": "bad", "payload": {"n": 9}}]""");
        await queue.UntilAsync("""
            exists (select from seatrial.records where queue = 'second' and state = 'running')
            and exists (select from seatrial.records where state = 'dead')
            """);

        var running = (await http.GetAsync("records/x%2F%20y")).Json;
        Assert.Equal(("x/ y", "second", "running", 1), (
            running.GetProperty("key").GetString(), running.GetProperty("queue").GetString(),
            running.GetProperty("state").GetString(), running.GetProperty("attempts").GetInt32()));
        Assert.Equal("""{"n": 1}""", running.GetProperty("records")[0].GetProperty("result").GetRawText());
        Assert.NotEqual("", running.GetProperty("records")[1].GetProperty("trace").GetString());
        var dead = (await http.GetAsync("records/bad")).Json;
        Assert.Equal(
            ("dead", "nine is wrong"),
            (dead.GetProperty("state").GetString(), dead.GetProperty("error").GetString()));

        hold.SetResult();
        await queue.UntilAsync("(select count(*) from seatrial.results) = 2");
        var done = (await http.GetAsync("records/x%2F%20y")).Json;
        Assert.Equal(
            ["q done", "second done"],
            done.GetProperty("records").EnumerateArray().Select(
                record => $"{record.GetProperty("queue")} {record.GetProperty("state")}"));
        Assert.Equal("done", done.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_record_in_a_chunk_is_found_too()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using (var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation))
        {
            await RecordWriter.EnqueueChunksAsync(
                connection, "other", [new NewRecord<Number>("in chunk", new Number(1))], TestJson.Default.Number,
                cancellationToken: TestQueue.Cancellation);
        }

        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var found = (await http.GetAsync("records/in%20chunk")).Json;

        Assert.Equal(
            ("other", "ready", 0),
            (found.GetProperty("queue").GetString(), found.GetProperty("state").GetString(),
                found.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task A_key_that_nobody_has_is_not_found()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var reply = await http.GetAsync("records/nobody");

        Assert.Equal((HttpStatusCode.NotFound, "No record has the key 'nobody'."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task A_key_is_found_among_many_results_by_the_index_that_costs_no_completion()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.ExecuteAsync("""
            insert into seatrial.results (record_id, queue, key, owner, fence, result)
            select n, 'q', 'k' || n, 'w', 1, '{}' from generate_series(1, 50000) n;
            """);
        await queue.ExecuteAsync("vacuum seatrial.results");
        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var reply = await http.GetAsync("records/k31234");

        Assert.Equal("31234", reply.Json.GetProperty("records")[0].GetProperty("id").GetRawText());
        var plan = string.Join('\n', await queue.RowsAsync(
            "explain analyze select 1 from seatrial.results where key = 'k31234'"));
        Assert.Contains("Bitmap Index Scan on results_key", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_come_in_pages_that_hold_while_others_are_published()
    {
        await using var queue = await TestQueue.CreateAsync();
        await PublishAsync(queue, "select y, m, 10 from generate_series(1, 3) y, unnest(array['a', 'b']) m");
        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var first = (await http.GetAsync("results?limit=4")).Json;
        await PublishAsync(queue, "values (1, 'aa', 5), (3, 'c', 6)");
        var rest = (await http.GetAsync($"results?limit=4&after={first.GetProperty("next").GetString()}")).Json;

        Assert.Equal(["1a", "1b", "2a", "2b"], Names(first));
        Assert.Equal(["3a", "3b", "3c"], Names(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Results_that_did_not_change_are_not_sent_again()
    {
        await using var queue = await TestQueue.CreateAsync();
        await PublishAsync(queue, "values (1, 'a', 5)");
        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);
        var tag = (await http.GetAsync("results")).Headers.ETag?.Tag ?? "";

        var same = await http.GetAsync("results", ("If-None-Match", tag));
        await PublishAsync(queue, "values (2, 'a', 5)");
        var changed = await http.GetAsync("results", ("If-None-Match", tag));

        Assert.Equal((HttpStatusCode.NotModified, ""), (same.Status, same.Body));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(tag, changed.Headers.ETag?.Tag);
    }

    [Theory]
    [InlineData("limit=0", "limit is '0': it is 1 to 1000.")]
    [InlineData("limit=many", "limit is 'many': it is 1 to 1000.")]
    [InlineData("after=zz", "after is not the 'next' of a page before.")]
    [InlineData("after=7b7d7b", "after is not the 'next' of a page before.")]
    [InlineData("after=7b2279223a2278227d", "after is not the 'next' of a page before.")]
    public async Task A_page_that_is_asked_for_wrongly_says_so(string query, string detail)
    {
        await using var queue = await TestQueue.CreateAsync();
        await PublishAsync(queue, "values (1, 'a', 5)");
        await using var worker = await ServingAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var reply = await http.GetAsync("results?" + query);

        Assert.Equal((HttpStatusCode.BadRequest, detail), (reply.Status, reply.Detail));
    }

    private static List<string> Names(JsonElement page) =>
    [
        .. page.GetProperty("results").EnumerateArray().Select(row => $"{row.GetProperty("y")}{row.GetProperty("m")}"),
    ];

    private static Task PublishAsync(TestQueue queue, string rows) => queue.ExecuteAsync(
        $"create table if not exists published (y int, m text, n int); insert into published {rows}");

    private static async Task<TestWorker> ServingAsync(TestQueue queue)
    {
        var worker = new TestWorker(queue.ConnectionString, builder => builder
            .ServeRecords().ServeResults("published", "y", "m")
            .Handle("q", TestJson.Default.Number, _ => Outcome.Done()));
        await worker.Log.SeenAsync("Working after");
        return worker;
    }
}
