using Npgsql;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Processing;

/// <summary>A record that can never be worked on is given up with its reason, and its batch goes on.</summary>
public sealed class HygieneTests
{
    private const int Good = 20;

    private static readonly (string, string)[] Quick =
    [
        ("WORKER__RETRY_CONFIG__FIRST_DELAY", "1ms"), ("WORKER__RETRY_CONFIG__MAX_DELAY", "1ms"),
        ("WORKER__POLL_INTERVAL", "20ms"), ("WORKER__MAX_PAYLOAD", "2k"),
    ];

    [Theory]
    [InlineData(false, "'\"text\"'", "does not have the shape")]
    [InlineData(true, "'\"text\"'", "does not have the shape")]
    [InlineData(false, "'null'", "it is null instead of Number")]
    [InlineData(true, "'null'", "it is null instead of Number")]
    [InlineData(false, "jsonb_build_object('n', 1, 'more', repeat('x', 2048))", "more than the 2048 that this flow takes.  fix: put in less, or raise CONTAINER_WORKER__MAX_PAYLOAD.")]
    [InlineData(true, "jsonb_build_object('n', 1, 'more', repeat('x', 2048))", "more than the 2048 that this flow takes.  fix: put in less, or raise CONTAINER_WORKER__MAX_PAYLOAD.")]
    public async Task A_payload_that_can_not_be_read_is_dead_at_once(bool inChunks, string payload, string reason)
    {
        await using var queue = await TestQueue.CreateAsync();
        await PutInAsync(queue, inChunks, $"{payload}::jsonb");

        await RunAsync(queue, _ => Outcome.Done());

        Assert.Contains(reason, await ErrorAsync(queue, attempts: 1), StringComparison.Ordinal);
        Assert.Equal($"{Good}", await queue.RowAsync("select count(*) from seatrial.results"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payload_that_is_just_small_enough_is_worked_on(bool inChunks)
    {
        await using var queue = await TestQueue.CreateAsync();
        const string Frame = """{"n": 1, "more": ""}""";
        await PutInAsync(
            queue, inChunks, $"jsonb_build_object('n', 1, 'more', repeat('x', {2048 - Frame.Length}))");

        await RunAsync(queue, _ => Outcome.Done());

        Assert.Equal($"{Good + 1}", await queue.RowAsync("select count(*) from seatrial.results"));
    }

    [Theory]
    [InlineData(false, '\0')]
    [InlineData(true, '\0')]
    [InlineData(false, '\ud800')]
    [InlineData(true, '\ud800')]
    public async Task What_the_database_can_not_hold_of_an_outcome_costs_that_record_alone(
        bool inChunks, char character)
    {
        await using var queue = await TestQueue.CreateAsync();
        await PutInAsync(queue, inChunks, """'{"n": -1}'""");

        await RunAsync(queue, record => record.Payload.Value == -1
            ? Outcome.Done().Then("next", $"key{character}", record.Payload, TestJson.Default.Number)
            : Outcome.Done());

        Assert.StartsWith(
            "The outcome holds text that the database can't hold, such as NUL: ",
            await ErrorAsync(queue, attempts: 1), StringComparison.Ordinal);
        Assert.Equal($"{Good}", await queue.RowAsync("select count(*) from seatrial.results"));
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.records where queue = 'next'"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reason_or_an_error_that_the_database_can_not_hold_is_kept_in_a_form_that_it_can(bool inChunks)
    {
        await using var queue = await TestQueue.CreateAsync();
        await PutInAsync(queue, inChunks, """'{"n": -1}'""");

        await RunAsync(queue, record => record.Payload.Value == -1
            ? Outcome.Reject("a\0b\ud800" + new string('c', 100_000))
            : Outcome.Done());

        var error = await ErrorAsync(queue, attempts: 1);
        Assert.StartsWith("a\\0b\ufffdccc", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 8000, 8010);
    }

    [Fact]
    public async Task Broken_JSON_that_a_handler_meets_elsewhere_is_no_fault_of_the_record()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);

        await RunAsync(queue, record => record.Attempt == 1
            ? throw new System.Text.Json.JsonException("an answer that was none")
            : Outcome.Done());

        Assert.Equal("q 3", await queue.RowAsync("select queue, fence from seatrial.results"));
    }

    [Theory]
    [InlineData("22P05", "convert_from('\\x7b226e223a20225c7530303030227d', 'UTF8')::jsonb")]
    [InlineData("22021", "convert_from('\\x7b226e223a20ff7d', 'UTF8')::jsonb")]
    public async Task NUL_and_what_is_not_UTF_8_never_get_into_a_queue(string code, string payload)
    {
        await using var queue = await TestQueue.CreateAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => PutInAsync(queue, inChunks: true, payload));

        Assert.Equal(code, refusal.SqlState);
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.chunk_records"));
    }

    /// <summary>Good records with a bad one among them.</summary>
    private static async Task PutInAsync(TestQueue queue, bool inChunks, string bad)
    {
        var records = $$"""
            select 'k' || n, case n when {{Good / 2}} then {{bad}} else jsonb_build_object('n', n) end
            from generate_series(0, {{Good}}) n
            """;
        await queue.ExecuteAsync(inChunks
            ? $"""
                with chunk as (
                    insert into seatrial.chunks (queue, records) values ('q', {Good + 1}) returning id)
                insert into seatrial.chunk_records (chunk, key, payload)
                select chunk.id, r.* from chunk cross join ({records}) r
                """
            : $"insert into seatrial.records (queue, key, payload) select 'q', r.* from ({records}) r");
    }

    private static async Task RunAsync(TestQueue queue, Func<Record<Number>, Outcome> handle)
    {
        await using var worker = new TestWorker(
            queue.ConnectionString, builder => builder.Handle("q", TestJson.Default.Number, handle), Quick);
        await queue.UntilAsync("""
            not exists (select from seatrial.records where queue = 'q' and state in ('ready', 'running'))
            and not exists (select from seatrial.chunks where state <> 'done')
            """);
        Assert.Equal(0, await worker.StopAsync());
    }

    private static Task<string> ErrorAsync(TestQueue queue, int attempts) => queue.RowAsync(
        $"select error from seatrial.records where state = 'dead' and key = 'k{Good / 2}' and attempts = {attempts}");
}
