using System.Text.Json.Nodes;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Performance;

namespace Seatrial.Suites.Tests.Performance;

/// <summary>The loader over HTTP at a real server that answers as it is told to.</summary>
public sealed class HttpLoaderTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longPatience = TimeSpan.FromMinutes(1);

    private static readonly WorkloadRecord[] _batch = [new("a:1", """{"x": "1"}"""), new("a:2", """{"x": "2"}""")];

    private readonly ScriptedServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task What_is_taken_in_has_the_ids_of_the_answer_in_the_order_of_the_records()
    {
        _server.Answer(202, """{"records": [{"key": "a:2", "id": 8}, {"key": "a:1", "id": 7}]}""");
        var loader = Loader();

        var inserted = await loader.InsertAsync(_batch, Token);

        Assert.Equal(AckOutcome.Acked, inserted.Outcome);
        Assert.Equal(["7", "8"], inserted.Ids);
        Assert.Equal(["a:1", "a:2"], inserted.Keys);
        Assert.Equal(2, loader.Answers.Taken);
        Assert.Equal(Verdict.Pass, EntranceCheck.Of(loader.Answers).Verdict);
        Assert.True(_server.Bodies.TryDequeue(out var body));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""[{"key": "a:1", "payload": {"x": "1"}}, {"key": "a:2", "payload": {"x": "2"}}]"""),
            JsonNode.Parse(body)));
    }

    [Fact]
    public async Task What_got_no_answer_or_later_is_sent_again_as_it_was()
    {
        _server.LoseAnswer();
        _server.Answer(429, """{"detail": "the queue is full"}""");
        _server.Answer(503, """{"detail": "it starts"}""");
        _server.Answer(502, "bad gateway");
        _server.Answer(202, """{"records": [{"key": "a:1", "id": 7}, {"key": "a:2", "id": 8}]}""");
        var loader = Loader(_longPatience);

        var inserted = await loader.InsertAsync(_batch, Token);

        Assert.Equal(AckOutcome.Acked, inserted.Outcome);
        Assert.Equal(
            (2, 1, 1, 2),
            (loader.Answers.Taken, loader.Answers.Later, loader.Answers.Unavailable, loader.Answers.Unanswered));
        Assert.Equal(5, _server.Bodies.Count);
        Assert.Single(_server.Bodies.Distinct());
    }

    [Fact]
    public async Task Who_hears_nothing_but_later_was_refused_and_that_fails()
    {
        var loader = Loader();

        var inserted = await loader.InsertAsync(_batch, Token);

        Assert.Equal(AckOutcome.Failed, inserted.Outcome);
        Assert.Equal(2, loader.Answers.Refused);
        var check = EntranceCheck.Of(loader.Answers);
        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.Contains("429, nobody told me what to say", check.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_gets_an_answer_may_be_in_so_nothing_is_known()
    {
        _server.LoseAnswer();
        var loader = Loader();

        // Later on it is refused, but the first request may have got through.
        var inserted = await loader.InsertAsync(_batch, Token);

        Assert.Equal(AckOutcome.Unknown, inserted.Outcome);
        Assert.Equal((0, 2), (loader.Answers.Refused, loader.Answers.Unknown));
        Assert.Equal(Verdict.Unknown, EntranceCheck.Of(loader.Answers).Verdict);
    }

    [Fact]
    public async Task How_long_to_wait_is_as_the_answer_says()
    {
        _server.Answer(context =>
        {
            context.Response.AddHeader("Retry-After", "1");
            ScriptedServer.With(429, "{}")(context);
        });
        _server.Answer(202, """{"records": [{"key": "a:1", "id": 7}, {"key": "a:2", "id": 8}]}""");
        var began = TimeProvider.System.GetTimestamp();

        await Loader().InsertAsync(_batch, Token);

        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(400, """{"detail": "Record 0 has no key."}""", "Record 0 has no key.")]
    [InlineData(404, "There is no such path.", "There is no such path.")]
    public async Task A_request_that_is_wrong_ends_the_load_with_what_the_entrance_says_of_it(
        int status, string body, string reason)
    {
        _server.Answer(status, body);

        var wrong = await Assert.ThrowsAsync<SeatrialException>(() => Loader().InsertAsync(_batch, Token));

        Assert.Equal("lb:8080", wrong.Problems[0].Where);
        Assert.Equal(reason, wrong.Problems[0].Why);
    }

    [Fact]
    public async Task An_answer_without_ids_proves_nothing_and_is_told()
    {
        _server.Answer(202, """{"records": [{"key": "a:1", "id": 7}]}""");

        var wrong = await Assert.ThrowsAsync<SeatrialException>(() => Loader().InsertAsync(_batch, Token));

        Assert.Contains("'a:2'", wrong.Problems[0].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"records": "all"}""")]
    public async Task An_answer_of_another_shape_is_told_too(string body)
    {
        _server.Answer(202, body);

        await Assert.ThrowsAsync<SeatrialException>(() => Loader().InsertAsync(_batch, Token));
    }

    [Fact]
    public async Task A_request_that_is_wrong_does_not_wait_for_the_plans_end()
    {
        _server.Answer(400, """{"detail": "Record 0 has no key."}""");
        using var load = new OpenLoopLoader(Loader(), TimeProvider.System);
        using var records = Enumerable.Range(1, int.MaxValue).Select(n => new WorkloadRecord($"k:{n}", "{}"))
            .GetEnumerator();
        var plan = new ArrivalPlan([new LoadPhase("it", new LoadShape.Constant(10), TimeSpan.FromHours(1))]);
        var zero = TimeProvider.System.GetUtcNow();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));

        var wrong = await Assert.ThrowsAsync<SeatrialException>(async () =>
        {
            await foreach (var _ in load.RunAsync(plan, zero, records, _ => { }, CancellationToken.None, limit.Token))
            {
            }
        });

        Assert.Equal("Record 0 has no key.", wrong.Problems[0].Why);
    }

    private HttpLoader Loader(TimeSpan? patience = null) =>
        new(_server.Client, new ServiceEndpoint("lb", 8080), patience ?? _patience, TimeProvider.System);
}
