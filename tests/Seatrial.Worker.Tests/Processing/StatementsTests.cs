using Npgsql;
using Seatrial.Worker.DeadLetters;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class StatementsTests
{
    public static TheoryData<string, string, string> Statements => new()
    {
        {
            RowStatements.Claim, "text, int, text, interval, smallint[], timestamptz[], bigint[]",
            "'q', 10, 'me', '1 min', '{0,1}', '{-infinity,-infinity}', '{0,0}'"
        },
        { RowStatements.Release, "bigint[], bigint[], interval[], text[], boolean[]",
            "'{1}', '{1}', '{1 s}', '{e}', '{t}'" },
        { RowStatements.Bury, "bigint[], bigint[], text[]", "'{1}', '{1}', '{e}'" },
        { RowStatements.Renew, "bigint[], bigint[], interval", "'{1}', '{1}', '1 min'" },
        { RowStatements.Expire, "int, interval", "10, '1 s'" },
        { DeadLetterBox.RequeueSome, "text, bigint, text[], int", "'q', 0, null, 10" },
        { ChunkStatements.Claim, "text, text, interval, timestamptz, bigint", "'q', 'me', '1 min', '-infinity', 0" },
        { ChunkStatements.Release, "bigint, bigint", "1, 1" },
        { ChunkStatements.Renew, "bigint, bigint, interval", "1, 1, '1 min'" },
        { ChunkStatements.Expire, "int, interval", "10, '1 s'" },
        { RetentionStatements.Chunks, "interval, int", "'1 h', 10" },
        { RetentionStatements.Results, "interval, bigint, bigint", "'1 h', 0, 64" },
        {
            ChunkStatements.Complete,
            "bigint, bigint, text, bigint[], text[], jsonb[], bigint[], text[], jsonb[], text[], integer[], interval[], "
            + "text[], text[], text[], text[], jsonb[], text[]",
            "1, 1, 'me', '{1}', '{k}', '{1}', '{2}', '{k}', '{1}', '{ready}', '{1}', '{1 s}', '{e}', '{t}', '{q}', "
            + "'{k}', '{1}', '{t}'"
        },
        {
            RowStatements.Complete,
            "bigint[], bigint[], jsonb[], bigint[], text[], text[], jsonb[], text, text[]",
            "'{1}', '{1}', '{1}', '{1}', '{q}', '{k}', '{1}', 'me', '{t}'"
        },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_plan_made_while_the_table_was_empty_does_not_scan_it_when_it_is_full(
        string sql, string types, string values)
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        await using var prepare = new NpgsqlCommand($"prepare statement ({types}) as {sql}", connection);
        await prepare.ExecuteNonQueryAsync(TestQueue.Cancellation);
        await using var explain = new NpgsqlCommand($"explain execute statement ({values})", connection);
        await using var reader = await explain.ExecuteReaderAsync(TestQueue.Cancellation);

        var plan = "";
        while (await reader.ReadAsync(TestQueue.Cancellation))
        {
            plan += reader.GetString(0) + "\n";
        }

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Matches("(Tid|Tid Range|Index) Scan", plan);
    }
}
