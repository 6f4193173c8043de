using Npgsql;
using Seatrial.Engine.Specs;
using Seatrial.Testing;
using Seatrial.Wire;

namespace Seatrial.Engine.Tests.Specs;

public sealed class BuiltInMappingTests
{
    private const string WorkersTables = "src/Seatrial.Worker/Processing/Schema/0001_records.sql";

    [Fact]
    public async Task Records_get_their_ids_in_the_order_of_the_arrays()
    {
        var token = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(token);
        await using var source = await WithWorkersTablesAsync(database, token);
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(i => $"k{i * 7919 % 1000}")];

        await using var insert = source.CreateCommand(BuiltInMapping.InsertSql);
        insert.Parameters.AddWithValue("queue", "first");
        insert.Parameters.AddWithValue("keys", keys);
        insert.Parameters.AddWithValue("payloads", keys.Select(key => $$"""{"of": "{{key}}"}""").ToArray());
        var ids = await ReadTextsAsync(insert, token);

        await using var select = source.CreateCommand(
            "select key from seatrial.records "
            + "where queue = 'first' and state = 'ready' and payload->>'of' = key order by id");
        Assert.Equal(keys, await ReadTextsAsync(select, token));
        Assert.Equal(ids.OrderBy(long.Parse), ids);
    }

    [Fact]
    public async Task The_mapping_names_columns_that_Workers_tables_have()
    {
        var token = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(token);
        await using var source = await WithWorkersTablesAsync(database, token);

        var (queue, effect) = (BuiltInMapping.ForWorker(["q"]).Queue, BuiltInMapping.ForWorker(["q"]).Effect);
        await using var select = source.CreateCommand(
            $"select {queue.Id}, {queue.QueueName}, {queue.Key}, {queue.State}, {queue.Owner}, {queue.Epoch}, "
            + $"{queue.LeaseUntil}, {queue.Error} from {queue.Table}; "
            + $"select {effect.Record}, {effect.QueueName}, {effect.Owner}, {effect.Epoch} from {effect.Table}");

        Assert.Equal(-1, await select.ExecuteNonQueryAsync(token));
    }

    private static async Task<NpgsqlDataSource> WithWorkersTablesAsync(
        TestDatabase database, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var schema = source.CreateCommand($"create schema {QueueSchema.Schema};"
            + await File.ReadAllTextAsync(Repository.PathOf(WorkersTables), cancellationToken));
        await schema.ExecuteNonQueryAsync(cancellationToken);
        return source;
    }

    private static async Task<List<string>> ReadTextsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
