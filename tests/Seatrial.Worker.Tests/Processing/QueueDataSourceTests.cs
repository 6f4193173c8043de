using Npgsql;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;

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
}
