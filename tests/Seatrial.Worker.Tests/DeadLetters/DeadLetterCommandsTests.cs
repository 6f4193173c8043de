using Seatrial.Worker.DeadLetters;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.DeadLetters;

public sealed class DeadLetterCommandsTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task The_dead_are_counted_by_queue_and_listed_with_their_errors()
    {
        await using var queue = await TestQueue.CreateAsync();
        Assert.Equal(0, await RunAsync(queue, "dead-letters"));
        await DieAsync(queue, 2);
        await queue.EnqueueAsync("other", 1);

        Assert.Equal(0, await RunAsync(queue, "dead-letters"));
        Assert.Equal(0, await RunAsync(queue, "dead-letters", "q"));
        Assert.Equal(0, await RunAsync(queue, "dead-letters", "other"));

        Assert.Matches(
            "^No record is dead\\.\nq: 2 dead\n"
            + "[0-9]+\tk1\tattempts 5\t20[^\t]+Z\tbad day, twice\n[0-9]+\tk2\tattempts 5\t20[^\t]+Z\tbad day, twice\n"
            + "No record of other is dead\\.\n$",
            _output.ToString());
    }

    [Fact]
    public async Task A_requeued_record_is_due_at_once_with_all_its_attempts_a_new_fence_and_its_error()
    {
        await using var queue = await TestQueue.CreateAsync();
        await DieAsync(queue, 3);

        Assert.Equal(0, await RunAsync(queue, "requeue", "q", "k2", "k2"));

        Assert.Equal("Requeued 1 records of q.\n", _output.ToString());
        Assert.Equal(
            ["k1 dead 5 7", "k2 ready 0 8", "k3 dead 5 7"],
            await queue.RowsAsync("select key, state, attempts, fence from seatrial.records order by key"));
        Assert.Equal("True True True", await queue.RowAsync("""
            select error like 'bad day%', finished_at is null, run_at <= now() from seatrial.records where key = 'k2'
            """));
    }

    [Fact]
    public async Task Who_held_the_record_before_its_death_has_no_say_after_its_return()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        var held = await queue.As("old").ClaimAsync("q", 1, TimeSpan.FromMinutes(1));
        Assert.NotNull(held);
        await queue.ExecuteAsync("update seatrial.records set state = 'dead', lease_until = null, finished_at = now()");
        await RunAsync(queue, "requeue", "q");
        var again = await queue.As("new").ClaimAsync("q", 1, TimeSpan.FromMinutes(1));

        Assert.Empty(await queue.As("old").EndAsync(held, _ => Ending.Of(Outcome.Done())));

        Assert.NotNull(again);
        Assert.Single(await queue.As("new").EndAsync(again, _ => Ending.Of(Outcome.Done())));
        Assert.Equal("new", await queue.RowAsync("select owner from seatrial.results"));
    }

    [Fact]
    public async Task A_whole_queue_goes_back_to_a_worker_that_waits_and_each_record_once_however_fast_it_dies_again()
    {
        const int Records = 1200;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", Records);
        void Configure(WorkerBuilder builder) => builder.Handle(
            "q", TestJson.Default.Number, record => record.Payload.Value % 2 == 0
                ? Outcome.Reject("even")
                : Outcome.Done());
        await using var worker = new TestWorker(
            queue.ConnectionString, Configure, ("WORKER__POLL_INTERVAL", "1h"));
        await queue.UntilAsync("not exists (select from seatrial.records where state in ('ready', 'running'))");

        Assert.Equal(0, await RunAsync(queue, "requeue", "q"));

        Assert.Equal($"Requeued {Records / 2} records of q.\n", _output.ToString());
        await queue.UntilAsync("not exists (select from seatrial.records where state in ('ready', 'running'))");
        Assert.Equal(
            [$"dead 1 3 {Records / 2}"],
            await queue.RowsAsync(
                "select state, attempts, fence, count(*) from seatrial.records group by 1, 2, 3 order by 1"));
    }

    [Fact]
    public async Task A_key_that_is_not_among_the_dead_is_named_and_the_others_go_back()
    {
        await using var queue = await TestQueue.CreateAsync();
        await DieAsync(queue, 1);

        Assert.Equal(1, await RunAsync(queue, "requeue", "q", "k1", "k9"));

        Assert.Equal("Requeued 1 records of q.\n", _output.ToString());
        Assert.Equal("error: Not dead in q: k9.  fix: see dead-letters q.\n", _errors.ToString());
    }

    [Theory]
    [InlineData("requeue")]
    [InlineData("dead-letters", "q", "k1")]
    public async Task Wrong_use_is_told_with_the_right_one(params string[] arguments)
    {
        Assert.Equal(64, await RunAsync("Host=nowhere", arguments));

        Assert.Contains(
            "fix: dead-letters [QUEUE], or requeue QUEUE [KEY...].", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_or_empty_and_a_faulty_configuration_are_told()
    {
        await using var empty = await Testing.TestDatabase.CreateAsync(TestQueue.Cancellation);

        Assert.Equal(69, await RunAsync($"Host=127.0.0.1;Port={TestWorker.FreePort()};Username=x", "dead-letters"));
        Assert.Equal(69, await RunAsync(empty.ConnectionString, "dead-letters"));
        Assert.Equal(78, await RunAsync("Hots=db", "dead-letters"));

        Assert.Contains("did not answer", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("no worker has ever started on it", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("CONNECTION_STRING", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "requeue", "q")]
    [InlineData(true, "dead-letters")]
    [InlineData(false, "-class", "requeue")]
    [InlineData(false)]
    public void Only_its_own_commands_are_taken_from_a_program(bool known, params string[] arguments) =>
        Assert.Equal(known, DeadLetterCommands.Knows(arguments));

    private static async Task DieAsync(TestQueue queue, int count)
    {
        await queue.EnqueueAsync("q", count);
        await queue.ExecuteAsync("""
            update seatrial.records
            set state = 'dead', attempts = 5, fence = 7, error = E'bad day,\ntwice', finished_at = now()
            """);
    }

    private Task<int> RunAsync(TestQueue queue, params string[] arguments) =>
        RunAsync(queue.ConnectionString, arguments);

    private Task<int> RunAsync(string connectionString, params string[] arguments) => new DeadLetterCommands(
        new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
        },
        _output,
        _errors).RunAsync(arguments, TestQueue.Cancellation);
}
