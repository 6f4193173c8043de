using Npgsql;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

[Trait("Needs", "Docker")]
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Every_test_gets_an_empty_database_on_a_server_that_logs_logically()
    {
        await using var one = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        await using var other = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(one.ConnectionString, other.ConnectionString);
        await using var source = NpgsqlDataSource.Create(one.ConnectionString);
        await using var command = source.CreateCommand(
            "select current_setting('wal_level') || ' ' || current_setting('max_replication_slots') || ' ' || rolsuper "
            + "from pg_roles where rolname = current_user");
        Assert.Equal("logical 40 true", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
