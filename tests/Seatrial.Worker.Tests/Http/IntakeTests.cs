using System.Net;
using System.Net.Sockets;
using Npgsql;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Http;

/// <summary>Records that come in over HTTP, at a whole worker.</summary>
public sealed class IntakeTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_record_and_a_batch_are_taken_in_and_worked_on()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var one = await http.PostAsync("""{"key": "a", "payload": {"n": 1}}""");
        var more = await http.PostAsync(
            """[{"key": "b", "payload": {"n": 2}, "priority": 0}, {"payload": {"n": 3}, "key": "c"}]""");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (one.Status, more.Status));
        Assert.Equal(["a 1 True"], Records(one));
        Assert.Equal(["b 2 True", "c 3 True"], Records(more));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 3");
        Assert.Equal(
            ["1 a 1", "2 b 2", "3 c 3"],
            await queue.RowsAsync("select record_id, key, result->>'n' from seatrial.results order by 1"));
    }

    [Fact]
    public async Task What_is_sent_again_is_no_second_record_even_after_it_is_done()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);
        const string Body = """{"key": "a", "payload": {"n": 1}}""";
        await http.PostAsync(Body);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 1");

        var again = await http.PostAsync("""[{"key": "a", "payload": { "n":1 }}, {"key": "b", "payload": {"n": 2}}]""");
        var other = await http.PostAsync("""[{"key": "c", "payload": {"n": 3}}, {"key": "a", "payload": {"n": 9}}]""");

        Assert.Equal("a 1 False", Records(again)[0]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal(
            "'a' was sent before with other content, as record 1: nothing of this request was taken.", other.Detail);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 2");
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.intake where key like '%c'"));
    }

    [Fact]
    public async Task An_idempotency_key_stands_for_the_request_and_keys_need_not_be_unique()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);
        const string Batch = """[{"key": "a", "payload": {"n": 1}}, {"key": "a", "payload": {"n": 2}}]""";

        var first = await http.PostAsync(Batch, ("Idempotency-Key", "r1"));
        var again = await http.PostAsync(Batch, ("Idempotency-Key", "r1"));
        var next = await http.PostAsync(Batch, ("Idempotency-Key", "r2"));

        var ids = Records(first).Select(record => record.Split(' ')[1]);
        Assert.Equal(ids, Records(again).Select(record => record.Split(' ')[1]));
        Assert.All(Records(again), record => Assert.EndsWith("False", record, StringComparison.Ordinal));
        Assert.All(Records(next), record => Assert.EndsWith("True", record, StringComparison.Ordinal));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 4");
    }

    [Fact]
    public async Task Of_many_that_send_the_same_at_once_one_puts_it_in()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);
        var body = "[" + string.Join(',', Enumerable.Range(0, 50).Select(
            i => $$$"""{"key": "k{{{i}}}", "payload": {"n": {{{i}}}}}""")) + "]";
        var backwards = "[" + string.Join(',', Enumerable.Range(0, 50).Reverse().Select(
            i => $$$"""{"key": "k{{{i}}}", "payload": {"n": {{{i}}}}}""")) + "]";

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => http.PostAsync(i % 2 == 0 ? body : backwards)));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Accepted, reply.Status));
        Assert.Single(replies.Select(reply => string.Join(
            '\n', Records(reply).Select(record => record[..record.LastIndexOf(' ')]).Order())).Distinct());
        await queue.UntilAsync("(select count(*) from seatrial.results) = 50");
        Assert.Equal("50", await queue.RowAsync("select count(distinct key) from seatrial.results"));
    }

    [Fact]
    public async Task Under_pressure_callers_are_told_to_come_again()
    {
        await using var queue = await TestQueue.CreateAsync();

        // A bound that any machine is over.
        await using var worker = await IntakeWorkers.StartAsync(
            queue, ("RESOURCE_LIMITS__MEMORY", "16m"), ("WORKER__BACKPRESSURE__MEMORY_PERCENT", "1"),
            ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms"));
        using var http = new HttpCaller(worker.Port);
        await worker.Log.SeenAsync("Claims nothing more for now");

        var reply = await http.PostAsync("""{"key": "a", "payload": {"n": 1}}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
        Assert.Equal("1", Assert.Single(reply.Headers.GetValues("Retry-After")));
        Assert.StartsWith(
            "Nothing is taken in for now, because of memory", reply.Detail, StringComparison.Ordinal);
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.records"));
    }

    [Fact]
    public async Task While_the_database_is_away_callers_keep_their_records_and_send_them_again()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);
        const string Body = """{"key": "a", "payload": {"n": 1}}""";
        await using (await Outage.BeginAsync(queue.ConnectionString))
        {
            var away = await http.PostAsync(Body);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
            Assert.Equal("The database is away: nothing was taken, send it again.", away.Detail);
            Assert.NotEmpty(away.Headers.GetValues("Retry-After"));
        }

        queue.DataSource.Clear();
        HttpCaller.Reply reply;
        do
        {
            reply = await http.PostAsync(Body);
        }
        while (reply.Status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal(["a 1 True"], Records(reply).Select(record => "a 1 " + record.Split(' ')[2]));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 1");
    }

    [Fact]
    public async Task Rows_bear_the_trace_of_the_request_through_all_queues()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.ExecuteAsync("""
            create table seen (queue text, trace text);
            create function see() returns trigger language plpgsql as $$
            begin insert into seen values (new.queue, new.trace); return new; end $$;
            create trigger see before insert on seatrial.records for each row execute function see();
            """);
        await using var worker = await IntakeWorkers.StartAsync(queue, worker => worker
            .Handle("second", TestJson.Default.Number, _ => Outcome.Done()));
        using var http = new HttpCaller(worker.Port);

        var traced = await http.PostAsync("""{"key": "a", "payload": {"n": 1}}""", ("traceparent", Trace));
        var other = await http.PostAsync("""{"key": "b", "payload": {"n": 1}}""", ("traceparent", "rubbish"));

        await queue.UntilAsync("(select count(*) from seatrial.results) = 4");
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", traced.Body, StringComparison.Ordinal);
        Assert.Equal(
            ["q 1", "second 1"],
            await queue.RowsAsync("""
                select queue, count(*) from seen where trace like '00-0af7651916cd43dd8448eb211c80319c-%' group by 1
                order by 1
                """));
        var own = other.Json.GetProperty("trace").GetString()?[3..35];
        Assert.Equal("2", await queue.RowAsync($"select count(*) from seen where trace like '00-{own}-%'"));
    }

    [Fact]
    public async Task Who_was_let_in_before_the_worker_stopped_is_answered()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(TestQueue.Cancellation);
        await using var block = new NpgsqlCommand("lock table seatrial.intake in exclusive mode", connection);
        await block.ExecuteNonQueryAsync(TestQueue.Cancellation);
        var post = http.PostAsync("""{"key": "a", "payload": {"n": 1}}""");
        while (await queue.RowAsync(
            "select count(*) from pg_locks where relation = 'seatrial.intake'::regclass and not granted") == "0")
        {
            await Task.Yield();
        }

        var stopping = worker.StopAsync();
        while (await IsOpenAsync(worker.Port))
        {
            await Task.Yield();
        }

        await transaction.RollbackAsync(TestQueue.Cancellation);

        Assert.Equal(["a 1 True"], Records(await post));
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Nothing_is_taken_in_by_a_flow_that_does_not_say_so()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = new TestWorker(
            queue.ConnectionString, worker => worker.Handle("q", TestJson.Default.Number, _ => Outcome.Done()));
        await worker.Log.SeenAsync("Working after");
        using var http = new HttpCaller(worker.Port);

        var reply = await http.PostAsync("""{"key": "a", "payload": {"n": 1}}""");

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
    }

    [Fact]
    public async Task A_port_of_its_own_serves_records_and_the_other_does_not()
    {
        await using var queue = await TestQueue.CreateAsync();
        var port = TestWorker.FreePort();
        await using var worker = await IntakeWorkers.StartAsync(queue, ("HTTP__PORT", $"{port}"));
        using var health = new HttpCaller(worker.Port);
        using var own = new HttpCaller(port);
        const string Body = """{"key": "a", "payload": {"n": 1}}""";

        Assert.Equal(HttpStatusCode.NotFound, (await health.PostAsync(Body)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await own.PostAsync(Body)).Status);
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, TestQueue.Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static List<string> Records(HttpCaller.Reply reply) =>
    [
        .. reply.Json.GetProperty("records").EnumerateArray().Select(record =>
            $"{record.GetProperty("key")} {record.GetProperty("id")} {record.GetProperty("new")}"),
    ];
}
