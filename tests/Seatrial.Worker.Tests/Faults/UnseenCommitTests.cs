using Npgsql;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>
/// The rows of a statement come ahead of its commit, and a reader that is disposed of keeps it to itself when no word
/// of that came: nobody may count them as done.
/// </summary>
public sealed class UnseenCommitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_is_none(bool withACompletion)
    {
        var lease = TimeSpan.FromMinutes(1);
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        await using var wire = new Wire(queue.ConnectionString);
        await using var source = NpgsqlDataSource.Create(Impatient(wire));
        var owner = new TestOwner(new RecordQueue(source, "me", TimeProvider.System));
        var batch = await owner.ClaimAsync("q", 1, lease);
        Assert.NotNull(batch);
        wire.WithholdEnd();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => withACompletion
            ? owner.ExchangeAsync(batch, new Ending.Done(Outcome.Done()), owner.Claim("q", 1, lease))
            : owner.ClaimAsync("q", 1, lease));
    }

    [Fact]
    public async Task A_record_is_not_put_in()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var wire = new Wire(queue.ConnectionString);
        await using var connection = new NpgsqlConnection(Impatient(wire));
        await connection.OpenAsync(TestQueue.Cancellation);
        wire.WithholdEnd();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RecordWriter.EnqueueAsync(
            connection, "q", [new NewRecord<Number>("k", new Number(1))], TestJson.Default.Number,
            TestQueue.Cancellation));
    }

    private static string Impatient(Wire wire) =>
        new NpgsqlConnectionStringBuilder(wire.ConnectionString) { CommandTimeout = 4, NoResetOnClose = true }
            .ConnectionString;
}
