using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Seatrial.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class SchemaMigratorTests
{
    [Fact]
    public async Task Workers_that_start_together_migrate_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        var migrator = new SchemaMigrator(dataSource, NullLogger.Instance);

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => migrator.MigrateAsync(typeof(SchemaMigrator).Assembly, TestQueue.Cancellation))));

        Assert.Equal(1, applied.Count(files => files > 0));
        Assert.Equal(0, await migrator.MigrateAsync(typeof(SchemaMigrator).Assembly, TestQueue.Cancellation));
    }

    [Fact]
    public async Task Tables_have_the_columns_that_the_tester_reads()
    {
        await using var queue = await TestQueue.CreateAsync();

        Assert.Empty(Names(typeof(QueueSchema.RecordColumns)).Except(await ColumnsAsync(queue, QueueSchema.Records)));
        Assert.Empty(Names(typeof(QueueSchema.ResultColumns)).Except(await ColumnsAsync(queue, QueueSchema.Results)));
    }

    [Fact]
    public async Task States_are_those_that_the_tester_knows()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);

        foreach (var state in Names(typeof(QueueSchema.States)))
        {
            var lease = state == QueueSchema.States.Running ? "now()" : "null";
            await queue.ExecuteAsync(
                $"update seatrial.records set state = '{state}', owner = 'me', lease_until = {lease}");
        }

        await Assert.ThrowsAsync<PostgresException>(
            () => queue.ExecuteAsync("update seatrial.records set state = 'lost'"));
    }

    private static IEnumerable<string> Names(Type type) =>
        type.GetFields().Select(field => $"{field.GetRawConstantValue()}");

    private static Task<IReadOnlyList<string>> ColumnsAsync(TestQueue queue, string table) =>
        queue.RowsAsync($"select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0");
}
