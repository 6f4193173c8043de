using System.Net;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Http;

/// <summary>Records that a worker does not take in over HTTP.</summary>
public sealed class RefusedRecordsTests
{
    [Theory]
    [InlineData("{", 400, "The body is not JSON, at line 1, byte 1.")]
    [InlineData("3", 400, "The body is a number, not a record or an array of records.")]
    [InlineData("[]", 400, "The array is empty: there is nothing to take in.")]
    [InlineData("""[{"key": "a", "payload": {"n": 1}}, 7]""", 400, "Record 1 is a number, not an object.")]
    [InlineData("""{"payload": {"n": 1}}""", 400,
        "The record has no key: the name of the thing that moves through the queues.")]
    [InlineData("""{"key": 5, "payload": {"n": 1}}""", 400, "The record has a key that is a number, not a text.")]
    [InlineData("""{"key": "", "payload": {"n": 1}}""", 400,
        "The record has a key of 0 characters: it has 1 to 500, and no NUL.")]
    [InlineData("""{"key": "\ud800", "payload": {"n": 1}}""", 400, "The record has a key with half a character.")]
    [InlineData("""{"key": "a"}""", 400, "The record (a) has no payload.")]
    [InlineData("""{"key": "a", "payload": {"n": 1}, "prio": 1}""", 400,
        "The record has an unknown member 'prio': there are key, payload, priority.")]
    [InlineData("""{"key": "a", "payload": {"n": 1}, "priority": 4}""", 400,
        "The record has the priority 4: it is 0, the most urgent, to 3.")]
    [InlineData("""[{"key": "a", "payload": {"n": 1}}, {"key": "a", "payload": {"n": 1}}]""", 400,
        "Record 1 has the key of record 0: 'a'.")]
    [InlineData("""{"key": "a", "payload": {"n": 1, "text": "\u0000"}}""", 400,
        "The database can't hold a text of it: unsupported Unicode escape sequence.")]
    public async Task What_is_wrong_is_refused_with_the_reason_and_the_place(string body, int status, string detail)
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var reply = await http.PostAsync(body);

        Assert.Equal((status, detail), ((int)reply.Status, reply.Detail));
        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.intake"));
    }

    [Fact]
    public async Task A_payload_of_another_shape_is_refused_before_it_is_a_dead_letter()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(queue);
        using var http = new HttpCaller(worker.Port);

        var reply = await http.PostAsync(
            """[{"key": "a", "payload": {"n": 1}}, {"key": "b", "payload": {"n": "two"}}]""");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.StartsWith(
            "Record 1 (b): The payload does not have the shape that this flow reads", reply.Detail,
            StringComparison.Ordinal);
        Assert.Contains("$.n", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_by_record_by_body_and_by_number()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var worker = await IntakeWorkers.StartAsync(
            queue, ("WORKER__MAX_PAYLOAD", "1k"), ("HTTP__MAX_BODY", "4k"), ("HTTP__MAX_RECORDS", "2"));
        using var http = new HttpCaller(worker.Port);
        static string Record(int size) =>
            $$$"""{"key": "a", "payload": {"n": 1, "x": "{{{new string('x', size)}}}"}}""";

        var payload = await http.PostAsync(Record(1100));
        var body = await http.PostAsync(Record(5000));
        var many = await http.PostAsync("[1, 2, 3]");

        Assert.Equal((HttpStatusCode)413, payload.Status);
        Assert.Equal("The record (a) has a payload of 1117 bytes: at most 1024 are taken.", payload.Detail);
        Assert.Equal(((HttpStatusCode)413, "The body has more than 4096 bytes. Send fewer records at once."),
            (body.Status, body.Detail));
        Assert.Equal(((HttpStatusCode)413, "The array has 3 records: at most 2 are taken at once."),
            (many.Status, many.Detail));
    }
}
