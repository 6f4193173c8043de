using Npgsql;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Tests.Processing;

public sealed class QueueDataSourceTests
{
    [Theory]
    [InlineData("Host=db", GssEncryptionMode.Disable)]
    [InlineData("Host=db;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Kerberos_is_tried_only_where_somebody_asks_for_it(string given, GssEncryptionMode mode)
    {
        using var source = QueueDataSource.Create(new DatabaseConfig { ConnectionString = given }, "tests");

        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(source.ConnectionString).GssEncryptionMode);
    }

    [Fact]
    public async Task A_transaction_that_is_left_idle_ends_long_before_its_lease_and_its_records_can_be_taken()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        await using var source = QueueDataSource.Create(
            new DatabaseConfig { ConnectionString = queue.ConnectionString }, "tests", TimeSpan.FromSeconds(3));
        await using var connection = await source.OpenConnectionAsync(TestQueue.Cancellation);
        await using var limit = new NpgsqlCommand("show idle_in_transaction_session_timeout", connection);
        Assert.Equal("1s", await limit.ExecuteScalarAsync(TestQueue.Cancellation));
        await using var transaction = await connection.BeginTransactionAsync(TestQueue.Cancellation);
        await using var lockAll = new NpgsqlCommand("select from seatrial.records for update", connection);
        await lockAll.ExecuteNonQueryAsync(TestQueue.Cancellation);

        // Waits for the lock.
        await queue.ExecuteAsync("delete from seatrial.records");

        var ended = await Assert.ThrowsAnyAsync<NpgsqlException>(
            () => lockAll.ExecuteNonQueryAsync(TestQueue.Cancellation));
        Assert.True(DatabaseErrors.IsTransient(ended));
    }
}
